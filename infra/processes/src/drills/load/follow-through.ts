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

/** An order whose buyer followed it until delivery. */
export interface FollowedOrder {
  readonly orderId: string;
  readonly watch: OrderWatch;
}

/**
 * How long a buyer waits for an event of packing before staff pack again, in ms. No message confirms the start of a subscription, so a
 * subscription that started late has missed the event.
 */
const PACKED_AGAIN_AFTER_MS = 1000;
/** How long staff pack again at most, in ms. It is longer than any fault: a gateway may send the subscription to a paused subgraph. */
const STARTED_WITHIN_MS = 30_000;
/** Maximum wait for each event after the first event, in ms. It is longer than any fault. */
const DELIVERED_WITHIN_MS = 30_000;

/** Staff who pack orders: their subscription to all orders, and their client. */
export interface Packers {
  readonly watch: OrderWatch;
  readonly client: SteadyClient;
}

/** A buyer who follows their order: their subscription, and their client without a login. */
export interface Follower {
  readonly watch: OrderWatch;
  readonly client: SteadyClient;
}

/**
 * Follows an order while staff pack, ship and deliver it. Staff ship when the buyer has received an event of packing. At the end the buyer
 * reads the order.
 * @throws NotDoneError when an operation fails after all retries, or the order never names its warehouses
 */
export async function followThrough(
  order: BoughtOrder,
  { watch, client: buyer }: Follower,
  { watch: news, client: staff }: Packers,
): Promise<FollowedOrder> {
  const end = watch.follow(order);
  // The platform confirms an order within seconds when it was not confirmed at once.
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

/** Reads an order as its buyer. The warehouse of a parcel comes from another subgraph, so a fault may hide it for a while. */
async function readWithWarehouses({ id, accessToken }: BoughtOrder, buyer: SteadyClient): Promise<void> {
  const giveUpAt = performance.now() + DELIVERED_WITHIN_MS;
  for (;;) {
    const { order } = await buyer.read(OrderShowDocument, { id, accessToken });
    if (order.fulfillments.every(({ warehouse }) => warehouse !== null)) return;
    buyer.log.hiddenWarehouses += 1;
    if (performance.now() > giveUpAt) throw new NotDoneError('the buyer sees no warehouse of a parcel');
  }
}

/** Packs an order until its buyer has received an event of it. @returns the ids of the fulfillments to ship */
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
