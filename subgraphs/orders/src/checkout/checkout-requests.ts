import type { ReserveStock } from '@souk/inventory/contract';
import type { AuthorizePayment } from '@souk/payments/contract';
import type { z } from 'zod';
import { agreed, type Checkout, type PaymentMeans } from './checkout.ts';

/**
 * How long stock is held for a checkout. Far longer than one takes: what a crash leaves is taken up within seconds, and a reservation that
 * ends before its order is confirmed costs the order.
 */
const HOLD_SECONDS = 15 * 60;

/** What `inventory.reserve` is asked. */
export function reservationRequest(checkout: Checkout): z.infer<typeof ReserveStock.request> {
  const { reservationId, orderId } = checkout;
  const lines = agreed(checkout).lines.map(({ sku, quantity }) => ({ sku, quantity }));
  return { reservationId, orderId, lines, expiresInSeconds: HOLD_SECONDS };
}

/** What `payments.authorize` is asked. */
export function authorizationRequest(
  checkout: Checkout,
  means: PaymentMeans,
): z.infer<typeof AuthorizePayment.request> {
  const { id, orderId } = checkout;
  return { paymentId: id, orderId, amount: agreed(checkout).totals.total, ...means };
}
