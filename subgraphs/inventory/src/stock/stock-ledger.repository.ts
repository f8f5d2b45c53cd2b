import { sql, type RawBuilder } from 'kysely';
import type { SkuAvailability } from '../availability/availability.events.ts';
import { TOTALS, totalStep } from '../availability/availability-total.repository.ts';
import type { InventoryTransaction } from '../database.ts';
import type { StockLevel } from './stock-level.ts';
import type { StockMovementKind } from './stock-movement.ts';

/** The change of the units on hand of one stock level. */
export interface LevelChange {
  readonly stockLevelId: string;
  readonly onHandDelta: number;
}

/** The kind and the reason that the ledger records for all movements of one change. */
export interface MovementCause {
  readonly kind: StockMovementKind;
  readonly reason: string | null;
}

/** A stock level that is locked until the transaction ends. */
export interface LockedLevel extends StockLevel {
  readonly warehousePriority: number;
  readonly warehouseActive: boolean;
}

/**
 * SQL that locks every stock level of the given SKUs, also in inactive warehouses. A transaction that changes stock of a SKU locks all
 * stock of the SKU, because otherwise the published total could miss a concurrent change.
 * A level that another transaction creates while the statement waits is missing from the result.
 */
export function lockedLevels(tenantId: string, skus: readonly string[]): RawBuilder<LockedLevel> {
  // `order by id` makes all transactions lock in the same order. Two carts with the same SKUs can therefore not deadlock. `for no key
  // update` keeps the ledger's foreign-key checks (KEY SHARE) from waiting for this lock.
  return sql<LockedLevel>`
    select level.id, level.sku, level.warehouse_id as "warehouseId", level.on_hand as "onHand", level.reserved,
           level.version, level.updated_at as "updatedAt",
           warehouse.priority as "warehousePriority", warehouse.active as "warehouseActive"
      from stock_level level
      join warehouse on warehouse.tenant_id = level.tenant_id and warehouse.id = level.warehouse_id
     where level.tenant_id = ${tenantId} and level.sku = any(${skus}::text[])
     order by level.id
       for no key update of level`;
}

/** Runs `lockedLevels` as its own statement. */
export async function lockLevels(tx: InventoryTransaction, skus: readonly string[]): Promise<LockedLevel[]> {
  return (await lockedLevels(tx.tenantId, skus).execute(tx.db)).rows;
}

/**
 * CTEs that change quantities. Every change of stock uses these CTEs. The CTEs apply the rows of a CTE `moved (stock_level_id,
 * on_hand_delta, reserved_delta, reservation_id, order_id)` to the stock levels and to the ledger. The last CTE, `total (sku, available)`,
 * returns the SKUs whose availability changed. All levels of the SKUs must be locked.
 */
export function movementSteps(tenantId: string, { kind, reason }: MovementCause): RawBuilder<unknown> {
  return sql`
    by_level as (
      select stock_level_id, sum(on_hand_delta)::bigint as on_hand_delta, sum(reserved_delta)::bigint as reserved_delta
        from moved group by stock_level_id
    ), changed as (
      update stock_level level
         set on_hand = level.on_hand + by_level.on_hand_delta, reserved = level.reserved + by_level.reserved_delta
        from by_level where level.tenant_id = ${tenantId} and level.id = by_level.stock_level_id
      returning level.id, level.warehouse_id, level.sku, by_level.on_hand_delta - by_level.reserved_delta as freed
    ), recorded as (
      insert into stock_movement
             (stock_level_id, warehouse_id, sku, kind, on_hand_delta, reserved_delta, reservation_id, order_id, reason)
      select changed.id, changed.warehouse_id, changed.sku, ${kind}, moved.on_hand_delta, moved.reserved_delta,
             moved.reservation_id, moved.order_id, ${reason}
        from moved join changed on changed.id = moved.stock_level_id
    ), shift as (
      select changed.sku, sum(changed.freed) as units from changed
        join warehouse on warehouse.tenant_id = ${tenantId} and warehouse.id = changed.warehouse_id and warehouse.active
       group by changed.sku having sum(changed.freed) <> 0
    ), ${totalStep(tenantId)}`;
}

/** Changes the units on hand of stock levels. @returns the SKUs whose availability changed */
export async function moveStock(
  tx: InventoryTransaction,
  changes: readonly LevelChange[],
  cause: MovementCause,
): Promise<SkuAvailability[]> {
  const { rows } = await sql<{ totals: SkuAvailability[] }>`
    with moved as (
      select stock_level_id, on_hand_delta, 0::bigint as reserved_delta, null::uuid as reservation_id, null::uuid as order_id
        from unnest(${changes.map((change) => change.stockLevelId)}::uuid[], ${changes.map((change) => change.onHandDelta)}::bigint[])
          as line (stock_level_id, on_hand_delta)
    ), ${movementSteps(tx.tenantId, cause)}
    select ${TOTALS} as totals`.execute(tx.db);
  return rows[0]?.totals ?? [];
}
