import { money, type PageRequest } from '@souk/kit/domain';
import { keysetPage } from '@souk/kit/persistence';
import { sql, type Selectable } from 'kysely';
import type { OrdersDatabase, OrdersRead, OrdersTransaction } from '../database.ts';
import { jsonb } from '../jsonb.repository.ts';
import type { TaxedReturn } from '../order/order-refund.ts';
import type { TaxedAmount } from '../tax/tax.ts';
import type { ReturnStatus } from './return.machine.ts';
import type { Return, ReturnLine } from './return.ts';

type ReturnRow = Selectable<OrdersDatabase['order_return']> & {
  readonly currency: string;
  readonly done_at: Date | null;
};

/** A return with the columns that the database assigns. */
export interface StoredReturn extends Return {
  /**
   * The refund by tax category. Null until the returned units are received, and for returns that were received before
   * the taxes of refunds were recorded.
   */
  readonly refundParts: readonly TaxedAmount[] | null;
  /** The time at which stock and money were given back. Null until then. */
  readonly settledAt: Date | null;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly updatedAt: Date;
  readonly updatedBy: string | null;
}

/** The filter of a list of returns. An absent field does not filter. */
export interface ReturnFilter {
  readonly status?: ReturnStatus | null;
  readonly orderId?: string | null;
}

/** A page of returns, the newest first. The rows have no lines. Load the lines with `withLines`. */
export function findReturnPage(tx: OrdersTransaction, filter: ReturnFilter, page: PageRequest) {
  let query = returnsQuery(tx);
  if (filter.status) query = query.where('order_return.status', '=', filter.status);
  if (filter.orderId) query = query.where('order_return.order_id', '=', filter.orderId);
  const sort = [{ by: 'order_return.requested_at', direction: 'desc' } as const];
  return keysetPage(query, { sort, id: 'order_return.id', filter, page });
}

/** The returns with these ids. Unknown ids are skipped. */
export async function findReturns(tx: OrdersRead, ids: readonly string[]): Promise<readonly StoredReturn[]> {
  return withLines(tx, await returnsQuery(tx).where('order_return.id', 'in', ids).execute());
}

/** The returns of orders, grouped by order id, the oldest first. */
export async function findReturnsOfOrders(
  tx: OrdersRead,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, readonly StoredReturn[]>> {
  const query = returnsQuery(tx).where('order_return.order_id', 'in', orderIds);
  const rows = await query.orderBy('order_return.requested_at').orderBy('order_return.id').execute();
  return Map.groupBy(await withLines(tx, rows), ({ orderId }) => orderId);
}

function returnsQuery({ db, tenantId }: OrdersRead) {
  return db
    .selectFrom('order_return')
    .innerJoin('sales_order', (join) =>
      join
        .onRef('sales_order.tenant_id', '=', 'order_return.tenant_id')
        .onRef('sales_order.id', '=', 'order_return.order_id'),
    )
    .leftJoin('order_line_cancellation as compensation', (join) =>
      join
        .onRef('compensation.tenant_id', '=', 'order_return.tenant_id')
        .onRef('compensation.id', '=', 'order_return.id'),
    )
    .where('order_return.tenant_id', '=', tenantId)
    .selectAll('order_return')
    .select(['sales_order.currency', 'compensation.done_at']);
}

/** Loads the lines of returns. */
export async function withLines(
  { db, tenantId }: OrdersRead,
  rows: readonly ReturnRow[],
): Promise<readonly StoredReturn[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const lines = await db
    .selectFrom('order_return_line')
    .where('tenant_id', '=', tenantId)
    .where('return_id', 'in', ids)
    .selectAll()
    .orderBy('position')
    .execute();
  const byReturn = Map.groupBy(lines, ({ return_id }) => return_id);
  return rows.map((row) => returnOf(row, (byReturn.get(row.id) ?? []).map(lineOf)));
}

function lineOf(row: Selectable<OrdersDatabase['order_return_line']>): ReturnLine {
  return {
    id: row.id,
    orderLineId: row.order_line_id,
    quantity: row.quantity,
    reason: row.reason,
    note: row.note,
    receivedQuantity: row.received_quantity,
    restockedQuantity: row.restocked_quantity,
  };
}

function returnOf(row: ReturnRow, lines: readonly ReturnLine[]): StoredReturn {
  return {
    id: row.id,
    orderId: row.order_id,
    number: row.number,
    status: row.status,
    lines,
    note: row.note,
    rejectionReason: row.rejection_reason,
    requestedAt: row.requested_at,
    receivedAt: row.received_at,
    refund: row.refund_minor === null ? null : money(row.refund_minor, row.currency),
    refundParts: row.refund_parts,
    settledAt: row.done_at,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    version: row.version,
  };
}

/** The id of a return's order. Null when the return is unknown. */
export async function findOrderIdOfReturn({ db, tenantId }: OrdersRead, id: string): Promise<string | null> {
  const row = await db
    .selectFrom('order_return')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .select('order_id')
    .executeTakeFirst();
  return row?.order_id ?? null;
}

/** Writes a new return. Its order must be locked. */
export async function insertReturn({ db, tenantId }: OrdersTransaction, requested: Return): Promise<void> {
  const { id, orderId, number, status, note, requestedAt, lines } = requested;
  const row = { tenant_id: tenantId, id, order_id: orderId, number, status, note, requested_at: requestedAt };
  await db
    .insertInto('order_return')
    .values({ ...row, version: 1 })
    .execute();
  const lineRows = lines.map((line, position) => ({
    tenant_id: tenantId,
    id: line.id,
    return_id: id,
    order_line_id: line.orderLineId,
    position,
    quantity: line.quantity,
    reason: line.reason,
    note: line.note,
  }));
  await db.insertInto('order_return_line').values(lineRows).execute();
}

/** Writes the taxes of a return's refund. The order must be locked. */
export async function saveRefundTaxes(
  { db, tenantId }: OrdersTransaction,
  id: string,
  { parts }: TaxedReturn,
): Promise<void> {
  await db
    .updateTable('order_return')
    .set({ refund_parts: jsonb(parts) })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute();
}

/** Writes a changed return. Its order must be locked. */
export async function saveReturn({ db, tenantId }: OrdersTransaction, changed: Return): Promise<void> {
  const { id, status, rejectionReason, receivedAt, refund, lines } = changed;
  await db
    .updateTable('order_return')
    .set({
      status,
      rejection_reason: rejectionReason,
      received_at: receivedAt,
      refund_minor: refund && refund.amountMinor,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute();
  if (status !== 'RECEIVED') return;
  const rows = lines.map((line) => ({
    id: line.id,
    received: line.receivedQuantity,
    restocked: line.restockedQuantity,
  }));
  await sql`
    update order_return_line
       set received_quantity = line.received, restocked_quantity = line.restocked
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as line (id uuid, received bigint, restocked bigint)
     where order_return_line.tenant_id = ${tenantId}::uuid and order_return_line.id = line.id`.execute(db);
}
