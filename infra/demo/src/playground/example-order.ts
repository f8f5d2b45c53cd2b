import { randomUUID } from 'node:crypto';
import type { RequestContext } from '@souk/kit/context';
import { demoCatalog } from '../shops/catalog.ts';
import { placeOrder } from '../load/place-order.ts';
import { runOperation } from '../load/run-operation.ts';
import { shopDirectory } from '../load/shop-directory.ts';
import type { Subgraphs } from '@souk/deployment/subgraphs';

/** An order with one of its parcels and one of its variants. */
export interface OrderWithParcel {
  readonly orderId: string;
  readonly fulfillmentId: string;
  readonly variantId: string;
}

const NEWEST_ORDERS = `query ($filter: OrderFilterInput) {
  orders(first: 50, filter: $filter) { nodes { id fulfillments { id status } lines { variantId } } }
}`;

interface Order {
  readonly id: string;
  readonly fulfillments: readonly { readonly id: string; readonly status: string }[];
  readonly lines: readonly { readonly variantId: string }[];
}

/**
 * Returns a demo order whose parcel can be shipped. Places and packs an order when no such order exists.
 * @throws Error when the order cannot be placed, for instance because everything is sold out.
 */
export async function orderToShip(subgraphs: Subgraphs, ctx: RequestContext): Promise<OrderWithParcel | null> {
  const waiting = await waitingOrder(subgraphs, ctx);
  if (waiting) return waiting;
  await packOrder(subgraphs, ctx);
  return waitingOrder(subgraphs, ctx);
}

/** Returns a demo order that has a parcel in any state. Null when no order has a parcel. */
export async function packedOrder(subgraphs: Subgraphs, ctx: RequestContext): Promise<OrderWithParcel | null> {
  return (await waitingOrder(subgraphs, ctx)) ?? orderWith(await newest(subgraphs, ctx, {}), () => true);
}

async function waitingOrder(subgraphs: Subgraphs, ctx: RequestContext): Promise<OrderWithParcel | null> {
  return orderWith(await newest(subgraphs, ctx, { status: 'CONFIRMED' }), (status) => status === 'PENDING');
}

async function newest({ orders }: Subgraphs, ctx: RequestContext, filter: object): Promise<readonly Order[]> {
  const answer = await runOperation<{ orders: { nodes: Order[] } }>(orders.schema, ctx, NEWEST_ORDERS, { filter });
  return answer.orders.nodes;
}

function orderWith(orders: readonly Order[], isWanted: (status: string) => boolean): OrderWithParcel | null {
  for (const { id: orderId, fulfillments, lines } of orders) {
    const parcel = fulfillments.find(({ status }) => isWanted(status));
    const variantId = lines[0]?.variantId;
    if (parcel && variantId) return { orderId, fulfillmentId: parcel.id, variantId };
  }
  return null;
}

/** Places and packs an order with the same lines as the demo data's packed order. */
async function packOrder(subgraphs: Subgraphs, ctx: RequestContext): Promise<void> {
  const shop = demoCatalog();
  const packed = shop.orders.find(({ outcome }) => outcome === 'fulfilled');
  if (!packed)
    throw new Error(
      'The demo data has no order with the outcome "fulfilled". Add one in infra/demo/src/shops/orders.ts.',
    );
  const directory = await shopDirectory(subgraphs, ctx, { ...shop, orders: [packed] });
  await placeOrder(subgraphs, ctx, { ...packed, reference: `playground-${randomUUID()}` }, directory);
}
