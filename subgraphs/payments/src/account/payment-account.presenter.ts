import { presentMoney } from '@souk/kit/graphql';
import type { PaymentAccount } from './payment-account.ts';
import type { AccountDraft } from './payment-account.service.ts';
import type { PaymentAccountSetInput, PaymentAccountType } from './payment-account.types.ts';

export function presentAccount(account: PaymentAccount): PaymentAccountType {
  const limits = account.limits.map(({ currency, minimumMinor, maximumMinor }) => ({
    currencyCode: currency,
    minimum: presentMoney({ amountMinor: minimumMinor, currency }),
    maximum: maximumMinor === null ? null : presentMoney({ amountMinor: maximumMinor, currency }),
  }));
  return { ...account, limits };
}

/** Converts the input of `paymentAccountSet`. */
export function draftOf(input: PaymentAccountSetInput): AccountDraft {
  const { provider, enabled, captureMethod, secretName = null, publishableKey = null, limits } = input;
  const { idempotencyKey, expectedVersion = null } = input;
  const settings = { provider, enabled, captureMethod, secretName, publishableKey, limits: limits ?? [] };
  return { ...settings, idempotencyKey, expectedVersion };
}
