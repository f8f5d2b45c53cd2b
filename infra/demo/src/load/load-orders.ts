import type { RequestContext } from '@souk/kit/context';
import type { Subgraphs } from '@souk/deployment/subgraphs';
import type { DemoCatalog, DemoOrder } from '../shops/demo.types.ts';
import { importPastOrder } from './import-past-order.ts';
import { prepareDraft } from './prepare-draft.ts';
import { placeOrder } from './place-order.ts';
import { shopDirectory } from './shop-directory.ts';

/** Outcomes of orders that are not finished. Such orders are placed now, through the checkout that every buyer uses. */
const OPEN: readonly DemoOrder['outcome'][] = ['fulfilled', 'partially fulfilled', 'partially delivered'];

/** Creates the orders of a shop, the oldest first, and a draft order for the buyer of the newest one. */
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
  for (const order of oldestFirst.filter(({ outcome }) => OPEN.includes(outcome))) {
    await placeOrder(subgraphs, ctx, order, directory);
  }
  const [newest] = oldestFirst.filter(({ outcome }) => OPEN.includes(outcome)).toReversed();
  if (newest) await prepareDraft(subgraphs, ctx, newest, directory);
}
