import { randomUUID } from 'node:crypto';
import { FulfillmentCreateDocument, FulfillmentDeliverDocument, FulfillmentShipDocument } from '@souk/sdk';
import type { BoughtOrder } from './buyer.ts';
import type { OrderWatch } from './order-watch.ts';
import type { SteadyClient } from './steady-client.ts';

/** An order that its buyer followed until it arrived. */
export interface FollowedOrder {
  readonly orderId: string;
  readonly watch: OrderWatch;
  /** The first event that the buyer must have been told of, for the subscription was there. */
  readonly from: 'FULFILLMENT_CREATED' | 'SHIPPED';
}

/**
 * How long a buyer waits for the first event, in ms. Longer than any fault: no message announces that a subscription has started, and a
 * gateway may ask a paused subgraph for it. Staff ship only after this wait, so a subscription that starts late still receives SHIPPED.
 */
const TAKEN_WITHIN_MS = 30_000;
/** How long any later event may take, in ms. Longer than any fault. */
const TOLD_WITHIN_MS = 30_000;

/** Who packs: by what they are told of orders, and with what they ask for. */
export interface Packers {
  readonly watch: OrderWatch;
  readonly client: SteadyClient;
}

/** Follows an order while staff pack, send and deliver it; they send it when the buyer was told that it is packed. */
export async function followThrough(
  order: BoughtOrder,
  watch: OrderWatch,
  { watch: news, client: staff }: Packers,
): Promise<FollowedOrder> {
  const end = watch.follow(order);
  // An order that could not be confirmed at once is so within seconds.
  await news.sees(order.id, 'CONFIRMED', TOLD_WITHIN_MS);
  const { fulfillmentCreate } = await staff.change(FulfillmentCreateDocument, {
    input: { orderId: order.id, idempotencyKey: randomUUID() },
  });
  const inTime = await watch.sees(order.id, 'FULFILLMENT_CREATED', TAKEN_WITHIN_MS);
  for (const { id: fulfillmentId } of fulfillmentCreate.fulfillments ?? []) {
    await staff.change(FulfillmentShipDocument, { input: { fulfillmentId, idempotencyKey: randomUUID() } });
    await staff.change(FulfillmentDeliverDocument, { input: { fulfillmentId, idempotencyKey: randomUUID() } });
  }
  await watch.sees(order.id, 'COMPLETED', TOLD_WITHIN_MS);
  end();
  return { orderId: order.id, watch, from: inTime ? 'FULFILLMENT_CREATED' : 'SHIPPED' };
}
