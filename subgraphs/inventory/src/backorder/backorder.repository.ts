import { sql, type RawBuilder } from 'kysely';
import type { InventoryTransaction } from '../database.ts';
import type { DemandLine } from '../reservation/allocation.ts';
import type { EndedWait, WaitingOrder } from './backorder-allocation.ts';
import type { ReservationEnd } from '../reservation/reservation.machine.ts';

/** Locks stock items in the order of their SKUs. Lock the stock levels first. */
export async function lockItems(tx: InventoryTransaction, skus: readonly string[]): Promise<void> {
  await sql`select id from stock_item where tenant_id = ${tx.tenantId} and sku = any(${skus}::text[]) order by sku for update`.execute(
    tx.db,
  );
}

/** Makes units of an order wait for stock. The stock items must be locked, and the reservation must exist. */
export async function insertBackorders(
  tx: InventoryTransaction,
  { reservationId, orderId }: { readonly reservationId: string; readonly orderId: string },
  lines: readonly DemandLine[],
): Promise<void> {
  await sql`
    with line as (
      select * from unnest(${lines.map(({ sku }) => sku)}::text[], ${lines.map(({ quantity }) => quantity)}::bigint[]) as line (sku, quantity)
    ), counted as (
      update stock_item item set backordered = item.backordered + line.quantity
        from line where item.tenant_id = ${tx.tenantId} and item.sku = line.sku
    )
    insert into backorder (reservation_id, order_id, sku, quantity, waiting)
    select ${reservationId}, ${orderId}, sku, quantity, quantity from line`.execute(tx.db);
}

/** The units of one reservation that wait for stock. */
export async function backordersOf(tx: InventoryTransaction, reservationId: string): Promise<DemandLine[]> {
  const { rows } = await sql<DemandLine>`
    select sku, waiting as quantity from backorder
     where tenant_id = ${tx.tenantId} and reservation_id = ${reservationId} and waiting > 0 order by position`.execute(
    tx.db,
  );
  return rows;
}

/** The orders that wait for a SKU and are placed, the oldest first. */
export async function waitingOrders(tx: InventoryTransaction, sku: string, limit: number): Promise<WaitingOrder[]> {
  const { rows } = await sql<WaitingOrder>`
    select backorder.id, backorder.order_id as "orderId", backorder.waiting from backorder
      join reservation on reservation.tenant_id = backorder.tenant_id and reservation.id = backorder.reservation_id
     where backorder.tenant_id = ${tx.tenantId} and backorder.sku = ${sku} and backorder.waiting > 0
       and reservation.status = 'COMMITTED'
     order by backorder.position limit ${limit}`.execute(tx.db);
  return rows;
}

/** Ends the waiting of units in one statement. The stock items must be locked. */
export async function endWaits(tx: InventoryTransaction, ended: readonly EndedWait[]): Promise<void> {
  const ids = ended.map(({ id }) => id);
  const quantities = ended.map(({ quantity }) => quantity);
  await endWaitsOf(
    tx,
    sql`select id, quantity from unnest(${ids}::uuid[], ${quantities}::bigint[]) as given (id, quantity)`,
  );
}

/**
 * Ends the waiting of all units of held reservations that are about to end. With EXPIRED, only of overdue reservations.
 * @returns the SKUs of these units
 */
export async function dropBackorders(
  tx: InventoryTransaction,
  reservationIds: readonly string[],
  end: ReservationEnd,
): Promise<string[]> {
  const overdue = end === 'EXPIRED' ? sql`and reservation.expires_at <= now()` : sql``;
  return endWaitsOf(
    tx,
    sql`select backorder.id, backorder.waiting as quantity from backorder
          join reservation on reservation.tenant_id = backorder.tenant_id and reservation.id = backorder.reservation_id
         where backorder.tenant_id = ${tx.tenantId} and backorder.reservation_id = any(${reservationIds}::uuid[])
           and backorder.waiting > 0 and reservation.status = 'HELD' ${overdue}`,
  );
}

/** The waits of an order, the newest first. */
export async function waitsOfOrder(
  tx: InventoryTransaction,
  orderId: string,
): Promise<(EndedWait & { readonly sku: string })[]> {
  const { rows } = await sql<EndedWait & { sku: string }>`
    select id, sku, waiting as quantity from backorder
     where tenant_id = ${tx.tenantId} and order_id = ${orderId} and waiting > 0 order by position desc`.execute(tx.db);
  return rows;
}

/**
 * Subtracts ended waits from the backorders and the stock items.
 * @param ended a query with the columns `id` and `quantity`
 * @returns the SKUs of the stock items
 */
async function endWaitsOf(tx: InventoryTransaction, ended: RawBuilder<unknown>): Promise<string[]> {
  const { rows } = await sql<{ sku: string }>`
    with ended as materialized (${ended}), changed as (
      update backorder set waiting = backorder.waiting - ended.quantity
        from ended where backorder.tenant_id = ${tx.tenantId} and backorder.id = ended.id
      returning backorder.sku, ended.quantity
    ), freed as (
      select sku, sum(quantity) as units from changed group by sku
    )
    update stock_item item set backordered = item.backordered - freed.units
      from freed where item.tenant_id = ${tx.tenantId} and item.sku = freed.sku
    returning item.sku`.execute(tx.db);
  return rows.map(({ sku }) => sku);
}
