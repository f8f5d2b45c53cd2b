import { sql } from 'kysely';
import type { InventoryTransaction } from '../database.ts';
import type { ReservationTerms } from '../stock-item/stock-item.ts';
import { lockedLevels, type LockedLevel } from '../stock/stock-ledger.repository.ts';
import type { HeldForCart } from './available-stock.ts';
import type { ReservationStatus } from './reservation.machine.ts';

/** The state that decides whether a reservation can be made. Its stock levels are locked. */
export interface ReservationGround {
  /** The status of the reservation with the id. Null when the id is free. */
  readonly status: ReservationStatus | null;
  readonly levels: readonly LockedLevel[];
  /** The terms of the SKUs that have a stock item. */
  readonly terms: ReadonlyMap<string, ReservationTerms>;
  /** The active warehouse with the first priority. It ships the units that no stock level has. */
  readonly firstWarehouseId: string | null;
  /** The units that are reserved for the cart. Empty without a cart. */
  readonly cartHolds: readonly HeldForCart[];
}

interface Row {
  readonly status: ReservationStatus | null;
  readonly terms: readonly (ReservationTerms & { readonly sku: string })[];
  readonly firstWarehouseId: string | null;
  readonly cartHolds: readonly HeldForCart[];
}

/**
 * Locks the stock of the SKUs, and the stock that is reserved for the cart, and reads the rest of the ground in the same round trip. Only
 * the locked rows are sure to be current when the statement waited for locks.
 */
export async function lockGround(
  tx: InventoryTransaction,
  reservationId: string,
  skus: readonly string[],
  cartId: string | null,
): Promise<ReservationGround> {
  const { rows } = await sql<Row & (LockedLevel | { id: null })>`
    with held as materialized (
      select reservation.id as "reservationId", line.stock_level_id as "stockLevelId", line.quantity, level.sku
        from reservation
        join reservation_line line on line.tenant_id = reservation.tenant_id and line.reservation_id = reservation.id
        join stock_level level on level.tenant_id = line.tenant_id and level.id = line.stock_level_id
       where reservation.tenant_id = ${tx.tenantId} and reservation.cart_id = ${cartId}::uuid
         and reservation.order_id is null and reservation.status = 'HELD'
    ), locked as materialized (
      ${lockedLevels(tx.tenantId, sql`array(select unnest(${skus}::text[]) union select sku from held)`)}
    )
    select (select status from reservation where tenant_id = ${tx.tenantId} and id = ${reservationId}) as status,
           (select coalesce(json_agg(json_build_object('sku', sku, 'mode', mode, 'cartHoldSeconds', cart_hold_seconds,
                     'safetyStock', safety_stock, 'backorderLimit', backorder_limit, 'backordered', backordered)), '[]')
              from stock_item where tenant_id = ${tx.tenantId} and sku = any(${skus}::text[])) as terms,
           (select id from warehouse where tenant_id = ${tx.tenantId} and active order by priority, id limit 1)
             as "firstWarehouseId",
           (select coalesce(json_agg(held), '[]') from held) as "cartHolds",
           locked.*
      from (values (1)) as always left join locked on true`.execute(tx.db);
  const [row] = rows;
  return {
    status: row?.status ?? null,
    levels: rows.filter((each) => each.id !== null),
    terms: new Map(row?.terms.map(({ sku, ...terms }) => [sku, terms])),
    firstWarehouseId: row?.firstWarehouseId ?? null,
    cartHolds: row?.cartHolds ?? [],
  };
}
