import type { ProviderAnswer } from '../../provider/payment-provider.ts';
import { declineCodeOf } from './stripe-answer.ts';

/** The members of an error of Stripe's library that decide an answer (docs.stripe.com/api/errors). */
export interface StripeFailure {
  readonly type: string;
  readonly message: string;
  readonly code?: string | undefined;
  readonly decline_code?: string | undefined;
}

/** Errors of a request that Stripe understood and refused. Everything else leaves the outcome unknown. */
const REFUSALS: ReadonlySet<string> = new Set(['StripeCardError', 'StripeInvalidRequestError']);

/** Invalid requests that may succeed when they are repeated. */
const TEMPORARY: ReadonlySet<string> = new Set(['lock_timeout', 'idempotency_key_in_use', 'rate_limit']);

/** Whether an error comes from Stripe's library. */
export function isStripeFailure(error: unknown): error is StripeFailure {
  return error instanceof Error && 'type' in error && typeof error.type === 'string' && error.type.startsWith('Stripe');
}

/** The answer that an error stands for. A wrong key or a missing permission is UNAVAILABLE: the merchant must correct the account. */
export function answerOfFailure({ type, message, ...failure }: StripeFailure): ProviderAnswer {
  const isFinal = REFUSALS.has(type) && !TEMPORARY.has(failure.code ?? '');
  return isFinal
    ? { kind: 'DECLINED', declineCode: declineCodeOf(failure, 'invalid_request') }
    : { kind: 'UNAVAILABLE', message: `${type}: ${message}` };
}
