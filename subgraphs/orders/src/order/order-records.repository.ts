import type { PageRange, PageRequest } from '@souk/kit/domain';
import { keysetPage } from '@souk/kit/persistence';
import { sql, type RawBuilder, type Selectable } from 'kysely';
import type { OrdersDatabase, OrdersRead, OrdersTransaction } from '../database.ts';
import { hasTag, hasTerm, searchWords } from './order-search.repository.ts';
import { canonicalTag } from './order-tag.ts';
import type { OrderFulfillmentStatus, OrderPaymentStatus, OrderStatus } from './order-status.ts';

/** A row of the table `sales_order`. */
export type OrderRecord = Selectable<OrdersDatabase['sales_order']>;
export type OrderLineRecord = Selectable<OrdersDatabase['order_line']>;
export type OrderEventRecord = Selectable<OrdersDatabase['order_event']>;

/** The filter of a list of orders. An absent member does not filter. */
export interface OrderFilter {
  readonly status?: OrderStatus | null;
  readonly paymentStatus?: OrderPaymentStatus | null;
  readonly fulfillmentStatus?: OrderFulfillmentStatus | null;
  /** Orders that were placed at this time or later. */
  readonly placedAfter?: Date | null;
  /** Orders that were placed before this time. */
  readonly placedBefore?: Date | null;
  /** The e-mail address, in any letter case. */
  readonly email?: string | null;
  /** Words, or beginnings of words, from the number, references, e-mail address, addresses and SKUs of an order. All words must match. */
  readonly search?: string | null;
  /** A tag, in any letter case. */
  readonly tag?: string | null;
}

/** A page of orders, the newest first. */
export async function findOrderPage(tx: OrdersTransaction, filter: OrderFilter, page: PageRequest) {
  const { db, tenantId } = tx;
  let query = db.selectFrom('sales_order').where('sales_order.tenant_id', '=', tenantId).selectAll('sales_order');
  const { status, paymentStatus, fulfillmentStatus, placedAfter, placedBefore, email } = filter;
  if (status) query = query.where('status', '=', status);
  if (paymentStatus) query = query.where('payment_status', '=', paymentStatus);
  if (fulfillmentStatus) query = query.where('fulfillment_status', '=', fulfillmentStatus);
  if (placedAfter) query = query.where('placed_at', '>=', placedAfter);
  if (placedBefore) query = query.where('placed_at', '<', placedBefore);
  if (email) query = query.where(sql<string>`sales_order.email_key`, '=', email.toLowerCase());
  if (filter.tag) query = query.where(hasTag(canonicalTag(filter.tag)));
  if (filter.search) for (const word of await searchWords(tx, filter.search)) query = query.where(hasTerm(word));
  const sort = [{ by: 'sales_order.placed_at', direction: 'desc' } as const];
  return keysetPage(query, { sort, id: 'sales_order.id', filter, page });
}

export async function findOrders({ db, tenantId }: OrdersRead, ids: readonly string[]): Promise<OrderRecord[]> {
  return db.selectFrom('sales_order').where('tenant_id', '=', tenantId).where('id', 'in', ids).selectAll().execute();
}

/** The lines of orders, grouped by order id. */
export async function findOrderLines(
  { db, tenantId }: OrdersTransaction,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, OrderLineRecord[]>> {
  const rows = await db
    .selectFrom('order_line')
    .where('tenant_id', '=', tenantId)
    .where('order_id', 'in', orderIds)
    .selectAll()
    .orderBy('order_id')
    .orderBy('position')
    .execute();
  return Map.groupBy(rows, ({ order_id }) => order_id);
}

/** One page of the history of each order, plus one entry that shows whether a next page exists. Grouped by order id, in one statement. */
export async function findOrderEvents(
  { db, tenantId }: OrdersTransaction,
  orderIds: readonly string[],
  { size, isBackward, after, before }: PageRange<number>,
): Promise<ReadonlyMap<string, OrderEventRecord[]>> {
  const rows = await eachOf(db, orderIds)
    .innerJoinLateral(
      (from) => {
        let query = from
          .selectFrom('order_event')
          .selectAll()
          .where('tenant_id', '=', tenantId)
          .whereRef('order_id', '=', 'owner.id');
        if (after !== null) query = query.where('position', '>', after);
        if (before !== null) query = query.where('position', '<', before);
        return query
          .orderBy('position', isBackward ? 'desc' : 'asc')
          .limit(size + 1)
          .as('entry');
      },
      (join) => join.onTrue(),
    )
    .selectAll('entry')
    .execute();
  return Map.groupBy(rows, ({ order_id }) => order_id);
}

/** The sort key of an order in a customer's list. */
export interface OrderPlace {
  readonly placedAt: Date;
  readonly id: string;
}

/**
 * One page of the orders of each customer, plus one order that shows whether a next page exists. The newest order is first. Grouped by
 * customer id, in one statement.
 */
export async function findCustomerOrders(
  { db, tenantId }: OrdersTransaction,
  customerIds: readonly string[],
  { size, isBackward, after, before }: PageRange<OrderPlace>,
): Promise<ReadonlyMap<string, OrderRecord[]>> {
  const direction = isBackward ? 'asc' : 'desc';
  const rows = await eachOf(db, customerIds)
    .innerJoinLateral(
      (from) => {
        let query = from
          .selectFrom('sales_order')
          .selectAll()
          .where('tenant_id', '=', tenantId)
          .whereRef('customer_id', '=', 'owner.id');
        if (after) query = query.where(sql<boolean>`(placed_at, id) < ${rowOf(after)}`);
        if (before) query = query.where(sql<boolean>`(placed_at, id) > ${rowOf(before)}`);
        return query
          .orderBy('placed_at', direction)
          .orderBy('id', direction)
          .limit(size + 1)
          .as('placed');
      },
      (join) => join.onTrue(),
    )
    .selectAll('placed')
    .execute();
  return Map.groupBy(rows, ({ customer_id }) => customer_id ?? '');
}

function eachOf(db: OrdersTransaction['db'], ids: readonly string[]) {
  return db.selectFrom(sql<{ id: string }>`unnest(${ids}::uuid[])`.as<'owner'>(sql`owner(id)`));
}

function rowOf({ placedAt, id }: OrderPlace): RawBuilder<unknown> {
  return sql`(${placedAt}::timestamptz, ${id}::uuid)`;
}
