import { defineTransitions } from '@souk/kit/domain';

/** The statuses of a payment. A partly captured payment is CAPTURED, and a partly refunded payment is PARTIALLY_REFUNDED. */
export const PAYMENT_STATUSES = [
  'PENDING',
  'AUTHORIZED',
  'CAPTURED',
  'PARTIALLY_REFUNDED',
  'REFUNDED',
  'VOIDED',
  'FAILED',
] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

/**
 * The lifecycle of a payment. After a refund there are no more captures, so the rest of the authorization is never captured. A voided payment
 * is captured when its buyer pays late, on a page that the provider cannot close. The money is then refunded.
 */
export const PAYMENT_TRANSITIONS = defineTransitions<PaymentStatus>('PENDING', {
  PENDING: ['AUTHORIZED', 'FAILED', 'VOIDED'],
  AUTHORIZED: ['CAPTURED', 'VOIDED'],
  CAPTURED: ['CAPTURED', 'PARTIALLY_REFUNDED', 'REFUNDED'],
  PARTIALLY_REFUNDED: ['PARTIALLY_REFUNDED', 'REFUNDED'],
  REFUNDED: [],
  VOIDED: ['CAPTURED'],
  FAILED: [],
});
