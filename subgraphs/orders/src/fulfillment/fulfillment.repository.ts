import { fixedStatement } from '@souk/kit/persistence';
import { type Selectable } from 'kysely';
import type { OrdersDatabase, OrdersTransaction } from '../database.ts';
import type { Fulfillment, LineQuantity } from './fulfillment.ts';

type FulfillmentRow = Pick<
  Selectable<OrdersDatabase['fulfillment']>,
  | 'id'
  | 'order_id'
  | 'warehouse_id'
  | 'status'
  | 'carrier'
  | 'tracking_number'
  | 'tracking_url'
  | 'created_at'
  | 'shipped_at'
  | 'delivered_at'
  | 'canceled_at'
>;

const fulfillmentsOfOrders = fixedStatement<FulfillmentRow>(`
  select id, order_id, warehouse_id, status, carrier, tracking_number, tracking_url, created_at, shipped_at, delivered_at, canceled_at
    from fulfillment where tenant_id = $1 and order_id = any($2::uuid[]) order by created_at, id`);

/** The fulfillments of orders, grouped by order id, the oldest first. */
export async function findFulfillments(
  tx: OrdersTransaction,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Fulfillment[]>> {
  const { rows } = await fulfillmentsOfOrders(tx.db, tx.tenantId, orderIds);
  const fulfillments = await withLines(tx, rows);
  return Map.groupBy(fulfillments, ({ orderId }) => orderId);
}

/** The fulfillments with these ids. Unknown ids are skipped. */
export async function findFulfillmentsById(
  tx: OrdersTransaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, OrderedFulfillment>> {
  const rows = await tx.db
    .selectFrom('fulfillment')
    .where('tenant_id', '=', tx.tenantId)
    .where('id', 'in', ids)
    .selectAll()
    .execute();
  return new Map((await withLines(tx, rows)).map((fulfillment) => [fulfillment.id, fulfillment]));
}

/** The id of the order of a fulfillment. Null when the fulfillment is unknown. */
export async function findOrderIdOfFulfillment(
  { db, tenantId }: OrdersTransaction,
  id: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('fulfillment')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .select('order_id')
    .executeTakeFirst();
  return row?.order_id ?? null;
}

/** A fulfillment with its order's id. */
export interface OrderedFulfillment extends Fulfillment {
  readonly orderId: string;
}

/** Writes new and changed fulfillments. The caller must hold the lock of their order. */
export async function writeFulfillments(
  { db, tenantId }: OrdersTransaction,
  orderId: string,
  before: readonly Fulfillment[],
  after: readonly Fulfillment[],
): Promise<void> {
  const known = new Map(before.map((each) => [each.id, each]));
  const changed = after.filter((each) => known.get(each.id) !== each);
  if (changed.length === 0) return;
  const rows = changed.map((each) => rowOf(tenantId, orderId, each));
  await db
    .insertInto('fulfillment')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'id']).doUpdateSet(({ ref }) => ({
        status: ref('excluded.status'),
        carrier: ref('excluded.carrier'),
        tracking_number: ref('excluded.tracking_number'),
        tracking_url: ref('excluded.tracking_url'),
        shipped_at: ref('excluded.shipped_at'),
        delivered_at: ref('excluded.delivered_at'),
        canceled_at: ref('excluded.canceled_at'),
      })),
    )
    .execute();
  const lines = changed
    .filter((each) => !known.has(each.id))
    .flatMap(({ id, lines: units }) =>
      units.map(({ orderLineId, quantity }) => ({
        tenant_id: tenantId,
        fulfillment_id: id,
        order_line_id: orderLineId,
        quantity,
      })),
    );
  if (lines.length > 0) await db.insertInto('fulfillment_line').values(lines).execute();
}

function rowOf(tenantId: string, orderId: string, fulfillment: Fulfillment) {
  return {
    tenant_id: tenantId,
    id: fulfillment.id,
    order_id: orderId,
    warehouse_id: fulfillment.warehouseId,
    status: fulfillment.status,
    carrier: fulfillment.carrier,
    tracking_number: fulfillment.trackingNumber,
    tracking_url: fulfillment.trackingUrl,
    created_at: fulfillment.createdAt,
    shipped_at: fulfillment.shippedAt,
    delivered_at: fulfillment.deliveredAt,
    canceled_at: fulfillment.canceledAt,
    version: 1,
  };
}

async function withLines(
  { db, tenantId }: OrdersTransaction,
  rows: readonly FulfillmentRow[],
): Promise<OrderedFulfillment[]> {
  if (rows.length === 0) return [];
  const lines = await db
    .selectFrom('fulfillment_line as part')
    .innerJoin('order_line as line', (join) =>
      join.onRef('line.tenant_id', '=', 'part.tenant_id').onRef('line.id', '=', 'part.order_line_id'),
    )
    .where('part.tenant_id', '=', tenantId)
    .where(
      'part.fulfillment_id',
      'in',
      rows.map(({ id }) => id),
    )
    .select(['part.fulfillment_id', 'part.order_line_id', 'part.quantity'])
    .orderBy('line.position')
    .execute();
  const byFulfillment = Map.groupBy(lines, ({ fulfillment_id }) => fulfillment_id);
  return rows.map((row) =>
    fulfillmentOf(
      row,
      (byFulfillment.get(row.id) ?? []).map(({ order_line_id, quantity }) => ({
        orderLineId: order_line_id,
        quantity,
      })),
    ),
  );
}

function fulfillmentOf(row: FulfillmentRow, lines: readonly LineQuantity[]): OrderedFulfillment {
  return {
    id: row.id,
    orderId: row.order_id,
    warehouseId: row.warehouse_id,
    status: row.status,
    carrier: row.carrier,
    trackingNumber: row.tracking_number,
    trackingUrl: row.tracking_url,
    lines,
    createdAt: row.created_at,
    shippedAt: row.shipped_at,
    deliveredAt: row.delivered_at,
    canceledAt: row.canceled_at,
  };
}
