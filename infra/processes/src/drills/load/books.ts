import { createHttpClient, OrdersDocument, type OrdersQuery } from '@souk/sdk';
import type { Client } from 'pg';
import { BOOK_RULES } from './book-rules.ts';
import type { LoadLog } from './load-log.ts';
import type { LoadShop } from './shop.ts';

/** The maximum number of violations to report for each rule. */
const SHOWN = 5;
const PAGE = 200;

/**
 * Checks the tables of all subgraphs after a load, as the administrator. Call this function when the load has stopped and all running work
 * has ended.
 * @returns one sentence per problem
 */
export async function bookProblems(admin: Client, log: LoadLog): Promise<readonly string[]> {
  const carts = log.purchases.map(({ cartId }) => cartId).filter((cartId) => cartId !== null);
  const problems = [...unanswered(log), ...(await differences(admin, log, carts))];
  for (const { violation, sql } of BOOK_RULES) {
    const { rows } = await admin.query<[string]>({
      text: sql,
      values: sql.includes('$1') ? [carts] : [],
      rowMode: 'array',
    });
    if (rows.length > 0) problems.push(sentence(violation, rows.flat()));
  }
  return problems;
}

/** Finds the orders that buyers received but that the API does not return. @param url the URL of the server */
export async function ordersNotShown(
  url: string,
  { staffHeaders }: LoadShop,
  log: LoadLog,
): Promise<readonly string[]> {
  const staff = createHttpClient({ url: `${url}/graphql`, headers: staffHeaders });
  const missing = new Map(log.ordered.map(({ order }) => [order?.id, order?.number ?? '']));
  for (let after: string | null = null; missing.size > 0;) {
    const { orders }: OrdersQuery = await staff.run(OrdersDocument, { first: PAGE, after });
    if (!orders) throw new Error('The API returned no orders');
    for (const { id } of orders.nodes) missing.delete(id);
    if (!orders.pageInfo.hasNextPage) break;
    after = orders.pageInfo.endCursor ?? null;
  }
  return [...missing.values()];
}

/** The buyers without an order. There should be none, because the stock suffices, the cards are valid, and clients retry. */
function unanswered({ purchases }: LoadLog): string[] {
  const reasons = purchases.map(({ reason }) => reason).filter((reason) => reason !== null);
  return reasons.length > 0 ? [sentence('a buyer has no order', reasons)] : [];
}

/** Compares the orders that buyers received with the orders in the database. Finds lost and duplicate orders. */
async function differences(admin: Client, { purchases }: LoadLog, carts: readonly string[]): Promise<string[]> {
  const { rows } = await admin.query<{ cart: string; ids: string[] }>(
    'select cart_id as cart, array_agg(id::text) as ids from orders.sales_order where cart_id = any($1::uuid[]) group by 1',
    [carts],
  );
  const placed = new Map(rows.map(({ cart, ids }) => [cart, ids]));
  const wrong = purchases.filter(({ cartId, order }) => {
    const ids = cartId === null ? [] : (placed.get(cartId) ?? []);
    return order ? ids.length !== 1 || ids[0] !== order.id : ids.length > 1;
  });
  if (wrong.length === 0) return [];
  const details = wrong.map(
    ({ order, cartId }) => `${order?.number ?? 'no order'} was confirmed for cart ${cartId ?? ''}`,
  );
  return [sentence('an order is lost or duplicated', details)];
}

function sentence(violation: string, found: readonly string[]): string {
  return `${violation} (${found.length}): ${found.slice(0, SHOWN).join('; ')}`;
}
