import type { CartCheckout } from '../cart/cart-checkout.service.ts';
import type { OrdersTransaction } from '../database.ts';
import { allocateToLines } from '../fulfillment/warehouse-split.ts';
import { changesOf, placedEventOf } from '../order/order.events.ts';
import { requestInvoice } from '../order/invoice-due.repository.ts';
import { insertOrder, nextOrderNumber } from '../order/order.repository.ts';
import { followedBy, linkCustomer, placeOrder } from '../order/order.ts';
import { findOrderSettings } from '../settings/order-settings.repository.ts';
import { agreed, type Checkout } from './checkout.ts';

/**
 * Creates the order of a checkout and closes its cart. The cart has not changed since the checkout began, because changes fail with
 * CHECKOUT_IN_PROGRESS.
 * @throws Error when the cart is already closed, which is a bug
 */
export async function placeOrderOf(
  tx: OrdersTransaction,
  checkout: Checkout,
  carts: CartCheckout,
  now: Date,
): Promise<void> {
  const agreement = agreed(checkout);
  const [isClosed, { numberPrefix }, last] = await Promise.all([
    carts.complete(tx, checkout.cartId, checkout.orderId),
    findOrderSettings(tx),
    nextOrderNumber(tx),
  ]);
  if (!isClosed) throw new Error(`The cart of checkout ${checkout.id} was closed while it was ordered`);
  const number = `${numberPrefix}${last}`;
  if (!checkout.allocations) throw new Error(`Checkout ${checkout.id} places an order before its stock is reserved`);
  const allocations = allocateToLines(agreement.lines, checkout.allocations);
  const placed = placeOrder({ id: checkout.orderId, number }, agreement, allocations, checkout.payment, now);
  const { customerId } = agreement;
  const decision = customerId ? followedBy(placed, (order) => linkCustomer(order, customerId, now)) : placed;
  const origin = { number, cartId: checkout.cartId, externalReference: null, placedAt: now };
  const history = await insertOrder(tx, origin, agreement, decision);
  requestInvoice(tx, checkout.orderId, history);
  tx.outbox.append([placedEventOf(decision.order, agreement), ...changesOf(decision.order, history)]);
}
