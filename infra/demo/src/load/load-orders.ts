import type { RequestContext } from '@souk/kit/context';
import type { Subgraphs } from '@souk/deployment/subgraphs';
import type { DemoCatalog, DemoOrder } from '../shops/demo.types.ts';
import { importPastOrder, pastOrderId } from './import-past-order.ts';
import { prepareDraft } from './prepare-draft.ts';
import { placeOrder } from './place-order.ts';
import { shopDirectory } from './shop-directory.ts';

/** Outcomes of unfinished orders. These orders are placed through the real checkout. */
const OPEN: readonly DemoOrder['outcome'][] = [
  'fulfilled',
  'partially fulfilled',
  'partially delivered',
  'backordered',
];

/** Outcomes of past orders that get an invoice. A refunded order also gets a credit note. */
const BILLED: readonly DemoOrder['outcome'][] = ['completed', 'partially refunded'];
const BILLED_ORDERS = 12;

/** Creates the orders of a shop, oldest first, and a draft order for the buyer of the newest order. */
export async function loadOrders(
  subgraphs: Subgraphs,
  ctx: RequestContext,
  shop: DemoCatalog,
  now: Date,
): Promise<void> {
  const directory = await shopDirectory(subgraphs, ctx, shop);
  const oldestFirst = shop.orders.toSorted((a, b) => b.placedDaysAgo - a.placedDaysAgo);
  for (const order of oldestFirst.filter(({ outcome }) => !OPEN.includes(outcome))) {
    await importPastOrder(subgraphs, ctx, order, directory, now);
  }
  const billed = oldestFirst.filter(({ outcome }) => BILLED.includes(outcome)).slice(-BILLED_ORDERS);
  const ids = billed.map((order) => pastOrderId(ctx, order));
  await subgraphs.orders.services.issueDueInvoices(ctx, ids);
  for (const order of oldestFirst.filter(({ outcome }) => OPEN.includes(outcome))) {
    await placeOrder(subgraphs, ctx, order, directory);
  }
  const [newest] = oldestFirst.filter(({ outcome }) => OPEN.includes(outcome)).toReversed();
  if (newest) await prepareDraft(subgraphs, ctx, newest, directory);
}
