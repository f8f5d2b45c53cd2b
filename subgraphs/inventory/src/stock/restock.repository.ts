import { sql } from 'kysely';
import type { SkuAvailability } from '../availability/availability.events.ts';
import { TOTALS } from '../availability/availability-total.repository.ts';
import type { StockAllocation } from '../contract.ts';
import type { InventoryTransaction } from '../database.ts';
import { movementSteps } from './stock-ledger.repository.ts';

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
  /** Number of lines whose stock level exists. */
  readonly lines: number;
  readonly totals: readonly SkuAvailability[];
}

/**
 * Adds the units to the stock of their warehouses. A second call with the same id changes nothing. All stock of the SKUs must be locked.
 */
export async function restock(
  tx: InventoryTransaction,
  { restockId, orderId, lines, reason }: Restock,
): Promise<Restocked> {
  const { rows } = await sql<Restocked>`
    with line as (
      select level.id as stock_level_id, line.quantity
        from unnest(${lines.map((line) => line.warehouseId)}::uuid[], ${lines.map((line) => line.sku)}::text[], ${lines.map((line) => line.quantity)}::bigint[])
               as line (warehouse_id, sku, quantity)
        join stock_level level on level.tenant_id = ${tx.tenantId} and level.warehouse_id = line.warehouse_id and level.sku = line.sku
    ), claimed as (
      insert into restock (id, order_id) values (${restockId}, ${orderId})
      on conflict (tenant_id, id) do nothing returning id
    ), moved as (
      select line.stock_level_id, line.quantity as on_hand_delta, 0::bigint as reserved_delta,
             null::uuid as reservation_id, ${orderId}::uuid as order_id
        from line, claimed
    ), ${movementSteps(tx.tenantId, { kind: 'RESTOCKED', reason })}
    select exists (select from claimed) as claimed, (select count(*) from line) as lines, ${TOTALS} as totals`.execute(
    tx.db,
  );
  return rows[0] ?? { claimed: false, lines: 0, totals: [] };
}
