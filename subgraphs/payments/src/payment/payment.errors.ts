import { decimalAmount, failure, type Failure, type IdempotencyKeyReused, type Money } from '@souk/kit/domain';

/** Returned when the status of the payment does not allow the step, or when the provider refused the step. */
export type PaymentNotAllowed = Failure<'PAYMENT_NOT_ALLOWED'>;

/** Returned when a step would capture or refund more than the remaining amount. */
export interface AmountExceedsRemaining extends Failure<'CAPTURE_EXCEEDS_AUTHORIZED' | 'REFUND_EXCEEDS_CAPTURED'> {
  readonly remaining: Money;
}

/** Returned when an amount is not positive, or is in another currency than the payment. */
export type InvalidAmount = Failure<'INVALID_INPUT'>;

/** Returned when the provider declined the authorization. `declineCode` is the provider's reason, for instance `card_declined`. */
export interface PaymentDeclined extends Failure<'PAYMENT_DECLINED'> {
  readonly declineCode: string;
}

/** Returned when the tenant has no payment with this id. */
export type PaymentNotFound = Failure<'NOT_FOUND'>;

/**
 * Returned when the provider did not reply. The recovery job finishes the step later. The caller may repeat the step with the same id or
 * idempotency key.
 */
export type ProviderUnavailable = Failure<'PROVIDER_UNAVAILABLE'>;

export function notAllowed(message: string): PaymentNotAllowed {
  return failure('PAYMENT_NOT_ALLOWED', message);
}

export function paymentNotFound(): PaymentNotFound {
  return failure('NOT_FOUND', 'There is no payment with this id', ['paymentId']);
}

export function providerUnavailable(): ProviderUnavailable {
  return failure(
    'PROVIDER_UNAVAILABLE',
    'The payment provider did not answer; try again with the same idempotency key',
  );
}

export function declined(declineCode: string): PaymentDeclined {
  return { ...failure('PAYMENT_DECLINED', `The payment was declined: ${declineCode}`), declineCode };
}

export function invalidAmount(message: string, member: 'amount' | 'currencyCode'): InvalidAmount {
  return failure('INVALID_INPUT', message, ['amount', member]);
}

export function captureExceedsAuthorized(remaining: Money): AmountExceedsRemaining {
  return exceeds('CAPTURE_EXCEEDS_AUTHORIZED', 'left to capture of what was authorized', remaining);
}

export function refundExceedsCaptured(remaining: Money): AmountExceedsRemaining {
  return exceeds('REFUND_EXCEEDS_CAPTURED', 'left to refund of what was captured', remaining);
}

function exceeds(code: AmountExceedsRemaining['code'], what: string, remaining: Money): AmountExceedsRemaining {
  const message = `${decimalAmount(remaining)} ${remaining.currency} is ${what}`;
  return { ...failure(code, message, ['amount']), code, remaining };
}

/** Returned when the id of a step, or its idempotency key, was used with another request. */
export function stepIdReused(): IdempotencyKeyReused {
  const message = 'This idempotency key was used with another input; take a new one';
  return failure('IDEMPOTENCY_KEY_REUSED', message, ['idempotencyKey']);
}
