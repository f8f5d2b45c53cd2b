import { defineTransitions } from '@souk/kit/domain';

/** The statuses of a payment. CAPTURED includes partial captures. */
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
 * The lifecycle of a payment. After a refund, the rest of the authorization can no longer be captured. VOIDED leads to CAPTURED when the
 * buyer pays later on a page that the provider cannot close. That money is then refunded.
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
