import type { ProviderAnswer } from '../../provider/payment-provider.ts';
import { declineCodeOf } from './stripe-answer.ts';

/** The fields of an error of Stripe's library from which a reply is derived (docs.stripe.com/api/errors). */
export interface StripeFailure {
  readonly type: string;
  readonly message: string;
  readonly code?: string | undefined;
  readonly decline_code?: string | undefined;
}

/** Error types for requests that Stripe refused. After any other error the outcome is unknown. */
const REFUSALS: ReadonlySet<string> = new Set(['StripeCardError', 'StripeInvalidRequestError']);

/** Codes of refused requests that may succeed when they are repeated. */
const TEMPORARY: ReadonlySet<string> = new Set(['lock_timeout', 'idempotency_key_in_use', 'rate_limit']);

/** Whether an error comes from Stripe's library. */
export function isStripeFailure(error: unknown): error is StripeFailure {
  return error instanceof Error && 'type' in error && typeof error.type === 'string' && error.type.startsWith('Stripe');
}

/**
 * Derives the reply from an error of Stripe's library. A wrong key or a missing permission is UNAVAILABLE, because the request can succeed
 * after the merchant has corrected the account.
 */
export function answerOfFailure({ type, message, ...failure }: StripeFailure): ProviderAnswer {
  const isFinal = REFUSALS.has(type) && !TEMPORARY.has(failure.code ?? '');
  return isFinal
    ? { kind: 'DECLINED', declineCode: declineCodeOf(failure, 'invalid_request') }
    : { kind: 'UNAVAILABLE', message: `${type}: ${message}` };
}
