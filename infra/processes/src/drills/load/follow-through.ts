import { randomUUID } from 'node:crypto';
import { FulfillmentCreateDocument, FulfillmentDeliverDocument, FulfillmentShipDocument } from '@souk/sdk';
import type { BoughtOrder } from './buyer.ts';
import type { OrderWatch } from './order-watch.ts';
import type { SteadyClient } from './steady-client.ts';

/** An order whose buyer followed it until delivery. */
export interface FollowedOrder {
  readonly orderId: string;
  readonly watch: OrderWatch;
  /** The first event that the buyer must have received, because the subscription existed by then. */
  readonly from: 'FULFILLMENT_CREATED' | 'SHIPPED';
}

/**
 * How long a buyer waits for the first event, in ms. The wait is longer than any fault, because no message confirms the start of a
 * subscription, and a gateway may send the subscription to a paused subgraph. Staff ship only after this wait, so a subscription that
 * starts late still receives SHIPPED.
 */
const STARTED_WITHIN_MS = 30_000;
/** Maximum wait for each event after the first event, in ms. It is longer than any fault. */
const DELIVERED_WITHIN_MS = 30_000;

/** Staff who pack orders: their subscription to all orders, and their client. */
export interface Packers {
  readonly watch: OrderWatch;
  readonly client: SteadyClient;
}

/** Follows an order while staff pack, ship and deliver it. Staff ship when the buyer has received the event of packing. */
export async function followThrough(
  order: BoughtOrder,
  watch: OrderWatch,
  { watch: news, client: staff }: Packers,
): Promise<FollowedOrder> {
  const end = watch.follow(order);
  // The platform confirms an order within seconds when it was not confirmed at once.
  await news.sees(order.id, 'CONFIRMED', DELIVERED_WITHIN_MS);
  const { fulfillmentCreate } = await staff.change(FulfillmentCreateDocument, {
    input: { orderId: order.id, idempotencyKey: randomUUID() },
  });
  const inTime = await watch.sees(order.id, 'FULFILLMENT_CREATED', STARTED_WITHIN_MS);
  for (const { id: fulfillmentId } of fulfillmentCreate.fulfillments ?? []) {
    await staff.change(FulfillmentShipDocument, { input: { fulfillmentId, idempotencyKey: randomUUID() } });
    await staff.change(FulfillmentDeliverDocument, { input: { fulfillmentId, idempotencyKey: randomUUID() } });
  }
  await watch.sees(order.id, 'COMPLETED', DELIVERED_WITHIN_MS);
  end();
  return { orderId: order.id, watch, from: inTime ? 'FULFILLMENT_CREATED' : 'SHIPPED' };
}
