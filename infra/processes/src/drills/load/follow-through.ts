import { randomUUID } from 'node:crypto';
import {
  FulfillmentCancelDocument,
  FulfillmentCreateDocument,
  FulfillmentDeliverDocument,
  FulfillmentShipDocument,
  OrderShowDocument,
} from '@souk/sdk';
import type { BoughtOrder } from './buyer.ts';
import type { OrderWatch } from './order-watch.ts';
import { NotDoneError, type SteadyClient } from './steady-client.ts';

/** An order whose buyer received the order's events until delivery. */
export interface FollowedOrder {
  readonly orderId: string;
  readonly watch: OrderWatch;
}

/**
 * How long a buyer waits for the event of packing, in ms. Then staff pack again. The server does not confirm the start of a subscription,
 * so a late subscription may have missed the event.
 */
const PACKED_AGAIN_AFTER_MS = 1000;
/**
 * How long staff repeat the packing, in ms. It is longer than any fault, because a gateway may send the subscription to a paused subgraph.
 */
const STARTED_WITHIN_MS = 30_000;
/** Maximum wait for each event after the first event, in ms. It is longer than any fault. */
const DELIVERED_WITHIN_MS = 30_000;

/** Staff who pack orders, with a subscription to all orders. */
export interface Packers {
  readonly watch: OrderWatch;
  readonly client: SteadyClient;
}

/** A buyer without a login, with a subscription to the order. */
export interface Follower {
  readonly watch: OrderWatch;
  readonly client: SteadyClient;
}

/**
 * Receives the events of an order while staff pack, ship and deliver it. Staff ship when the buyer has received the event of packing. At
 * the end the buyer reads the order.
 * @throws NotDoneError when an operation fails after all retries, or when the warehouses of the order stay hidden
 */
export async function followThrough(
  order: BoughtOrder,
  { watch, client: buyer }: Follower,
  { watch: news, client: staff }: Packers,
): Promise<FollowedOrder> {
  const end = watch.follow(order);
  // An order that is not confirmed immediately is confirmed by a job within seconds.
  await news.sees(order.id, 'CONFIRMED', DELIVERED_WITHIN_MS);
  for (const fulfillmentId of await packed(order, watch, staff)) {
    await staff.change(FulfillmentShipDocument, { input: { fulfillmentId, idempotencyKey: randomUUID() } });
    await staff.change(FulfillmentDeliverDocument, { input: { fulfillmentId, idempotencyKey: randomUUID() } });
  }
  await watch.sees(order.id, 'COMPLETED', DELIVERED_WITHIN_MS);
  end();
  await readWithWarehouses(order, buyer);
  return { orderId: order.id, watch };
}

/** Reads an order as its buyer. The warehouse of a parcel is null during a fault of inventory, so the read is repeated. */
async function readWithWarehouses({ id, accessToken }: BoughtOrder, buyer: SteadyClient): Promise<void> {
  const giveUpAt = performance.now() + DELIVERED_WITHIN_MS;
  for (;;) {
    const { order } = await buyer.read(OrderShowDocument, { id, accessToken });
    if (order.fulfillments.every(({ warehouse }) => warehouse !== null)) return;
    buyer.log.hiddenWarehouses += 1;
    if (performance.now() > giveUpAt) throw new NotDoneError('the buyer sees no warehouse of a parcel');
  }
}

/** Packs an order repeatedly until its buyer has received the event. @returns the ids of the fulfillments to ship */
async function packed({ id: orderId }: BoughtOrder, watch: OrderWatch, staff: SteadyClient): Promise<string[]> {
  const giveUpAt = performance.now() + STARTED_WITHIN_MS;
  for (;;) {
    const { fulfillmentCreate } = await staff.change(FulfillmentCreateDocument, {
      input: { orderId, idempotencyKey: randomUUID() },
    });
    const ids = (fulfillmentCreate.fulfillments ?? []).map(({ id }) => id);
    const isFollowed = await watch.sees(orderId, 'FULFILLMENT_CREATED', PACKED_AGAIN_AFTER_MS);
    if (isFollowed || performance.now() > giveUpAt) return ids;
    for (const fulfillmentId of ids) {
      await staff.change(FulfillmentCancelDocument, { input: { fulfillmentId, idempotencyKey: randomUUID() } });
    }
  }
}
