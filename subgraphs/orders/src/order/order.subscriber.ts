import { zero, type Clock } from '@souk/kit/domain';
import { subscriber, type Subscriber } from '@souk/kit/runtime';
import type { PaymentFacts } from '@souk/payments/contract';
import type { OrdersDatabase, OrdersTransaction } from '../database.ts';
import { customerReader, disputeReader, paymentReader } from '../manifest.ts';
import { insertLineCancellation } from './order-compensation.repository.ts';
import { excessOfCapture } from './given-back.ts';
import { isPaymentNews, lockOrder, saveOrder } from './order.repository.ts';
import { applyPayment, followDispute, linkCustomer, type Decision, type Order } from './order.ts';

/** The event subscribers of orders: customers, payments and disputes. */
export function orderSubscribers(clock: Clock): Subscriber<OrdersDatabase>[] {
  return [
    subscriber(customerReader, (tx, { orderId, customerId }) =>
      change(tx, orderId, (order) => linkCustomer(order, customerId, clock.now())),
    ),
    // The event of the authorization arrives before its order exists and is ignored. The order is then placed with the same facts.
    subscriber(paymentReader, (tx, { facts }) => followPayment(tx, facts, clock.now())),
    subscriber(disputeReader, (tx, { orderId, ...dispute }) =>
      change(tx, orderId, (order) => followDispute(order, dispute, clock.now())),
    ),
  ];
}

/** Changes the order if it exists. Events of compensated checkouts have no order and are ignored. */
async function change(tx: OrdersTransaction, orderId: string, decide: (order: Order) => Decision): Promise<void> {
  const order = await lockOrder(tx, orderId);
  if (order) await saveOrder(tx, order, decide(order));
}

/**
 * Applies the facts of a payment to its order. When a capture took more than the buyer owes after a cancellation of units, the excess is
 * refunded.
 */
async function followPayment(tx: OrdersTransaction, facts: PaymentFacts, now: Date): Promise<void> {
  // The checkout has recorded most facts before their event arrives. This check avoids the lock for such facts.
  if (!(await isPaymentNews(tx, facts))) return;
  const order = await lockOrder(tx, facts.orderId);
  if (!order) return;
  const decided = applyPayment(order, facts, now);
  await saveOrder(tx, order, decided);
  const refund = decided.order === order ? zero(order.total.currency) : excessOfCapture(order, facts);
  if (refund.amountMinor > 0)
    await insertLineCancellation(tx, decided.order, { restock: [], refund }, 'Canceled before it was captured');
}
