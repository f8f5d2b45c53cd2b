import { SoukError } from '@souk/sdk';
import { useI18n } from '../i18n/use-i18n.ts';
import type { LoginError } from './session-store.ts';

/** Texts for logins that fail. */
export function useLoginProblem() {
  const { t } = useI18n();
  return {
    /** The text for an error that the request threw. */
    thrownText: (error: unknown): string =>
      error instanceof SoukError && error.code !== 'NETWORK_ERROR' ? error.message : t('error.network'),
    /** The text for too many attempts. Null for every other refusal. */
    tooManyText: (refusal: LoginError | null): string | null =>
      refusal?.__typename === 'TooManyAttemptsError'
        ? t('signIn.tooMany', { seconds: refusal.retryAfterSeconds })
        : null,
  };
}
