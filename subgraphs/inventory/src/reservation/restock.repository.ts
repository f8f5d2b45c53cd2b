import { sql } from 'kysely';
import type { SkuAvailability } from '../availability/availability.events.ts';
import { TOTALS } from '../availability/availability-total.repository.ts';
import type { StockAllocation } from '../contract.ts';
import type { InventoryTransaction } from '../database.ts';
import { movementSteps } from '../stock/stock-ledger.repository.ts';

/** Committed stock that returns to its warehouses. */
export interface Restock {
  readonly restockId: string;
  readonly orderId: string;
  readonly lines: readonly StockAllocation[];
  readonly reason: string;
}

/** The effect of a restock, with the new availability of its SKUs. */
export interface Restocked {
  /** False when an earlier call with the same id has already returned the units. */
  readonly claimed: boolean;
  /** Whether a line has no stock level, and the order has no reservation from which the units could come. */
  readonly isUnknown: boolean;
  readonly totals: readonly SkuAvailability[];
}

/**
 * Adds the units to the stock of their warehouses, at most the units that the order took from each warehouse. A second
 * call with the same id changes nothing. All stock of the SKUs must be locked.
 */
export async function restock(
  tx: InventoryTransaction,
  { restockId, orderId, lines, reason }: Restock,
): Promise<Restocked> {
  const { rows } = await sql<Restocked>`
    with given as (
      select warehouse_id, sku, sum(quantity)::bigint as quantity
        from unnest(${lines.map((line) => line.warehouseId)}::uuid[], ${lines.map((line) => line.sku)}::text[], ${lines.map((line) => line.quantity)}::bigint[])
               as given (warehouse_id, sku, quantity)
       group by warehouse_id, sku
    ), sold as (
      select line.stock_level_id, coalesce(sum(line.quantity), 0) as units from reservation
        left join reservation_line line on line.tenant_id = reservation.tenant_id and line.reservation_id = reservation.id
       where reservation.tenant_id = ${tx.tenantId} and reservation.order_id = ${orderId} and reservation.status = 'COMMITTED'
       group by line.stock_level_id
    ), line as (
      -- An order that took no stock from a level, because the SKU was sold without stock, returns none.
      select level.id as stock_level_id, case when exists (select from sold) then least(given.quantity, coalesce(sold.units, 0) - returned.units)
                                              else given.quantity end as quantity
        from given
        join stock_level level on level.tenant_id = ${tx.tenantId} and level.warehouse_id = given.warehouse_id and level.sku = given.sku
        left join sold on sold.stock_level_id = level.id
       cross join lateral (
         select coalesce(sum(earlier.quantity), 0) as units from restock_line earlier
          where earlier.tenant_id = ${tx.tenantId} and earlier.order_id = ${orderId} and earlier.stock_level_id = level.id) returned
    ), claimed as (
      insert into restock (id, order_id) values (${restockId}, ${orderId})
      on conflict (tenant_id, id) do nothing returning id
    ), kept as (
      insert into restock_line (restock_id, stock_level_id, order_id, quantity)
      select claimed.id, line.stock_level_id, ${orderId}, line.quantity from line, claimed where line.quantity > 0
    ), moved as (
      select line.stock_level_id, line.quantity::bigint as on_hand_delta, 0::bigint as reserved_delta,
             null::uuid as reservation_id, ${orderId}::uuid as order_id
        from line, claimed where line.quantity > 0
    ), ${movementSteps(tx.tenantId, { kind: 'RESTOCKED', reason })}
    select exists (select from claimed) as claimed, ${TOTALS} as totals,
           not exists (select from sold) and (select count(*) from line) < (select count(*) from given) as "isUnknown"`.execute(
    tx.db,
  );
  return rows[0] ?? { claimed: false, isUnknown: false, totals: [] };
}
