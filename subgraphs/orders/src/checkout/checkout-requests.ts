import type { ReserveStock } from '@souk/inventory/contract';
import type { AuthorizePayment } from '@souk/payments/contract';
import type { z } from 'zod';
import { agreed, type Checkout, type PaymentMethod } from './checkout.ts';

/**
 * How long a checkout reserves stock, in seconds. The time is far longer than a checkout takes. If the reservation expired before the
 * confirmation, other orders could take the units of a placed order.
 */
const HOLD_SECONDS = 15 * 60;

/**
 * How long a buyer may take to authenticate or to pay on the provider's page, in seconds. The time is shorter than the reservation, so the
 * units are still reserved when the payment succeeds.
 */
export const PAYMENT_WAIT_SECONDS = 12 * 60;

/** The request of the command `inventory.reserve`, for all lines of the checkout. */
export function reservationRequest(checkout: Checkout): z.infer<typeof ReserveStock.request> {
  const { reservationId, orderId, cartId } = checkout;
  const lines = agreed(checkout).lines.map(({ sku, quantity }) => ({ sku, quantity }));
  return { reservationId, orderId, cartId, lines, expiresInSeconds: HOLD_SECONDS };
}

/** The request of the command `payments.authorize`, for the total of the checkout. */
export function authorizationRequest(
  checkout: Checkout,
  paymentMethod: PaymentMethod,
): z.infer<typeof AuthorizePayment.request> {
  const { id, orderId } = checkout;
  const { provider, token, savedMethodId, returnUrl } = paymentMethod;
  const { totals, email } = agreed(checkout);
  const payment = { paymentId: id, orderId, amount: totals.total, provider, email };
  const method = { ...(token && { token }), ...(savedMethodId && { savedMethodId }) };
  return { ...payment, ...method, ...(returnUrl && { returnUrl }) };
}
