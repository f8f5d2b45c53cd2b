import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { SkuAvailability } from '../availability/availability.events.ts';
import { TOTALS } from '../availability/availability-total.repository.ts';
import type { OrderAllocation } from '../backorder/backorder-allocation.ts';
import type { InventoryTransaction } from '../database.ts';
import { movementSteps } from '../stock/stock-ledger.repository.ts';

/**
 * Takes units from stock levels for orders that are placed, in one statement: a committed reservation for each order and level, and the
 * ledger. The stock must be locked.
 * @returns the SKUs whose availability changed
 */
export async function commitToOrders(
  tx: InventoryTransaction,
  allocations: readonly OrderAllocation[],
): Promise<SkuAvailability[]> {
  const merged = mergedByOrder(allocations);
  const { rows } = await sql<{ totals: SkuAvailability[] }>`
    with line as (
      select * from unnest(${merged.map(({ id }) => id)}::uuid[], ${merged.map(({ orderId }) => orderId)}::uuid[],
                           ${merged.map(({ stockLevelId }) => stockLevelId)}::uuid[], ${merged.map(({ quantity }) => quantity)}::bigint[])
        as line (reservation_id, order_id, stock_level_id, quantity)
    ), claimed as (
      insert into reservation (id, order_id, status, expires_at)
      select reservation_id, order_id, 'COMMITTED', now() from line
    ), kept as (
      insert into reservation_line (reservation_id, stock_level_id, quantity)
      select reservation_id, stock_level_id, quantity from line
    ), moved as (
      select stock_level_id, -quantity as on_hand_delta, 0::bigint as reserved_delta, reservation_id, order_id from line
    ), ${movementSteps(tx.tenantId, { kind: 'COMMITTED', reason: null })}
    select ${TOTALS} as totals`.execute(tx.db);
  return rows[0]?.totals ?? [];
}

/** One line for each order and stock level, with the id of its reservation. */
function mergedByOrder(allocations: readonly OrderAllocation[]) {
  const groups = Map.groupBy(allocations, ({ orderId, stockLevelId }) => `${orderId} ${stockLevelId}`);
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    return [{ ...first, id: randomUUID(), quantity: own.reduce((units, { quantity }) => units + quantity, 0) }];
  });
}
