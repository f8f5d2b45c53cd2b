import { isOffline } from '../api/clients.ts';
import type { MessageKey } from '../i18n/en.ts';
import { useI18n } from '../i18n/use-i18n.ts';

/** Translations of refusals, by their code. The API's own messages are English. */
const TEXTS: Readonly<Record<string, MessageKey>> = {
  INSUFFICIENT_STOCK: 'checkout.stock',
  PAYMENT_DECLINED: 'checkout.declined',
  PRICE_CHANGED: 'checkout.price',
  DISCOUNT_CHANGED: 'checkout.price',
  DISCOUNT_CODE_UNKNOWN: 'discount.unknown',
  VERSION_CONFLICT: 'checkout.changed',
  MFA_CODE_INVALID: 'code.wrong',
  CHALLENGE_INVALID: 'code.expired',
  NOT_FOUND: 'orders.notFound',
};

/** An SDK `Outcome`, reduced to the fields from which an error message is made. */
type Ended =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly refusals: readonly { readonly code: string; readonly message: string }[] }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Returns a function that translates a refused or failed mutation to a message for the buyer. */
export function useProblemText(): (outcome: Ended) => string {
  const { t } = useI18n();
  return (outcome) => {
    if (outcome.kind === 'failed') return t(isOffline(outcome.error) ? 'error.network' : 'error.server');
    if (outcome.kind === 'done') return t('error.server');
    const [refusal] = outcome.refusals;
    const key = TEXTS[refusal?.code ?? ''];
    return key ? t(key) : (refusal?.message ?? t('error.server'));
  };
}
