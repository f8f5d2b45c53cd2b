import { keysetPage, type Transaction } from '@souk/kit/persistence';
import { sql, type Selectable } from 'kysely';
import type { OrdersDatabase } from '../database.ts';
import type { OrderFulfillmentStatus, OrderPaymentStatus, OrderStatus } from './order-status.ts';

type Tx = Transaction<OrdersDatabase>;

/** An order, a line, an entry of a history as they are read. */
export type OrderRecord = Selectable<OrdersDatabase['sales_order']>;
export type OrderLineRecord = Selectable<OrdersDatabase['order_line']>;
export type OrderEventRecord = Selectable<OrdersDatabase['order_event']>;

/** Which orders a list shows. */
export interface OrderFilter {
  readonly status?: OrderStatus | null;
  readonly paymentStatus?: OrderPaymentStatus | null;
  readonly fulfillmentStatus?: OrderFulfillmentStatus | null;
  /** Inclusive. */
  readonly placedAfter?: Date | null;
  /** Exclusive. */
  readonly placedBefore?: Date | null;
  /** In any case. */
  readonly email?: string | null;
}

export interface PageRequest {
  readonly first: number;
  readonly after?: string | null;
}

/** A page of orders, newest first. */
export function findOrderPage({ db, tenantId }: Tx, filter: OrderFilter, { first, after }: PageRequest) {
  let query = db.selectFrom('sales_order').where('sales_order.tenant_id', '=', tenantId).selectAll('sales_order');
  const { status, paymentStatus, fulfillmentStatus, placedAfter, placedBefore, email } = filter;
  if (status) query = query.where('status', '=', status);
  if (paymentStatus) query = query.where('payment_status', '=', paymentStatus);
  if (fulfillmentStatus) query = query.where('fulfillment_status', '=', fulfillmentStatus);
  if (placedAfter) query = query.where('placed_at', '>=', placedAfter);
  if (placedBefore) query = query.where('placed_at', '<', placedBefore);
  if (email) query = query.where(sql<string>`sales_order.email_key`, '=', email.toLowerCase());
  const sort = [{ by: 'sales_order.placed_at', direction: 'desc' } as const];
  return keysetPage(query, { sort, id: 'sales_order.id', filter, first, after });
}

export async function findOrders({ db, tenantId }: Tx, ids: readonly string[]): Promise<OrderRecord[]> {
  return db.selectFrom('sales_order').where('tenant_id', '=', tenantId).where('id', 'in', ids).selectAll().execute();
}

/** The lines of some orders, by order. */
export async function findOrderLines(
  { db, tenantId }: Tx,
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

/** The entries `from + 1` to `from + count` of the histories of some orders, by order. */
export async function findOrderEvents(
  { db, tenantId }: Tx,
  orderIds: readonly string[],
  { from, count }: { readonly from: number; readonly count: number },
): Promise<ReadonlyMap<string, OrderEventRecord[]>> {
  const rows = await db
    .selectFrom('order_event')
    .where('tenant_id', '=', tenantId)
    .where('order_id', 'in', orderIds)
    .where('position', '>', from)
    .where('position', '<=', from + count)
    .selectAll()
    .orderBy('order_id')
    .orderBy('position')
    .execute();
  return Map.groupBy(rows, ({ order_id }) => order_id);
}

/** Where a customer's list goes on: below this order. */
export interface OrderPlace {
  readonly placedAt: Date;
  readonly id: string;
}

/** The newest `count` orders of some customers, below a place where one is given, by customer; one statement for all. */
export async function findCustomerOrders(
  { db, tenantId }: Tx,
  customerIds: readonly string[],
  { below, count }: { readonly below: OrderPlace | null; readonly count: number },
): Promise<ReadonlyMap<string, OrderRecord[]>> {
  const rows = await db
    .selectFrom(sql<{ id: string }>`unnest(${customerIds}::uuid[])`.as<'customer'>(sql`customer(id)`))
    .innerJoinLateral(
      (from) => {
        const query = from
          .selectFrom('sales_order')
          .selectAll()
          .where('tenant_id', '=', tenantId)
          .whereRef('customer_id', '=', 'customer.id');
        const rest = below
          ? query.where(sql<boolean>`(placed_at, id) < (${below.placedAt}::timestamptz, ${below.id}::uuid)`)
          : query;
        return rest.orderBy('placed_at', 'desc').orderBy('id', 'desc').limit(count).as('placed');
      },
      (join) => join.onTrue(),
    )
    .selectAll('placed')
    .execute();
  return Map.groupBy(rows, ({ customer_id }) => customer_id ?? '');
}
