import { failure, type Failure } from '@souk/kit/domain';
import type { PaymentDeclined } from '../payment/payment.errors.ts';

/** Returned when a customer already has the maximum number of saved payment methods. */
export type MethodLimitReached = Failure<'PAYMENT_METHOD_LIMIT_REACHED'>;

/** Returned when a customer tried too often to save a method. */
export interface TooManySetups extends Failure<'TOO_MANY_ATTEMPTS'> {
  readonly retryAfterSeconds: number;
}

export function tooManyMethods(most: number): MethodLimitReached {
  return failure('PAYMENT_METHOD_LIMIT_REACHED', `A customer keeps at most ${most} payment methods: delete one first`);
}

export function tooManySetups(retryAfterSeconds: number): TooManySetups {
  const message = `Payment methods were saved too often. Try again in ${retryAfterSeconds} seconds`;
  return { ...failure('TOO_MANY_ATTEMPTS', message, ['token']), code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds };
}

/** Returned when the provider declined to save a payment method. @param field the input that names the method or the attempt */
export function methodDeclined(declineCode: string, field: 'token' | 'setupId'): PaymentDeclined {
  const message = `The provider declined the payment method: ${declineCode}. Save another one`;
  return { ...failure('PAYMENT_DECLINED', message, [field]), code: 'PAYMENT_DECLINED', declineCode };
}

export function unknownMethod(): Failure<'NOT_FOUND'> {
  return failure('NOT_FOUND', 'There is no saved payment method with this id', ['id']);
}

export function unknownSetup(): Failure<'NOT_FOUND'> {
  return failure('NOT_FOUND', 'There is no attempt to save a payment method with this id', ['setupId']);
}

export function notSavable(provider: string): Failure<'PAYMENT_NOT_ALLOWED'> {
  const message = `${provider} saves no payment methods for this shop. Choose a provider that the shop offers, such as STRIPE`;
  return failure('PAYMENT_NOT_ALLOWED', message, ['provider']);
}

export function onlyForCustomers(): Failure<'PAYMENT_NOT_ALLOWED'> {
  return failure('PAYMENT_NOT_ALLOWED', 'Only customers of the shop save payment methods. Log in as a customer');
}
