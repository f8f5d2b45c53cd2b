import type { AvailableStock } from '../reservation/allocation.ts';

/** Units of an order that wait for stock. */
export interface WaitingOrder {
  readonly id: string;
  readonly orderId: string;
  readonly waiting: number;
}

/** Units that stop waiting, because they were allocated or are no longer needed. */
export interface EndedWait {
  readonly id: string;
  readonly quantity: number;
}

/** Units of a stock level that an order gets. */
export interface OrderAllocation {
  readonly orderId: string;
  readonly stockLevelId: string;
  readonly warehouseId: string;
  readonly sku: string;
  readonly quantity: number;
}

/** The orders that get stock, and the waits that end. */
export interface BackorderPlan {
  readonly allocations: readonly OrderAllocation[];
  readonly ended: readonly EndedWait[];
}

/**
 * Allocates the units of one SKU to the waiting orders, in the order of the list. The last order may get only a part of
 * its units. Warehouses are used in the order of their priority.
 */
export function allocateBackorders(waiting: readonly WaitingOrder[], stock: readonly AvailableStock[]): BackorderPlan {
  const levels = stock
    .toSorted((one, other) => one.warehousePriority - other.warehousePriority)
    .map((level) => ({ ...level, left: Math.max(0, level.available) }));
  const allocations: OrderAllocation[] = [];
  const ended: EndedWait[] = [];
  for (const { id, orderId, waiting: wanted } of waiting) {
    let missing = wanted;
    for (const level of levels) {
      const quantity = Math.min(missing, level.left);
      if (quantity === 0) continue;
      level.left -= quantity;
      missing -= quantity;
      const { stockLevelId, warehouseId, sku } = level;
      allocations.push({ orderId, stockLevelId, warehouseId, sku, quantity });
    }
    if (missing < wanted) ended.push({ id, quantity: wanted - missing });
  }
  return { allocations, ended };
}

/**
 * The waiting units of an order that stop waiting when units are canceled. The newest waits end first. At most the
 * canceled units of each SKU stop waiting.
 */
export function canceledWaits(
  waits: readonly (EndedWait & { readonly sku: string })[],
  canceled: ReadonlyMap<string, number>,
): EndedWait[] {
  const left = new Map(canceled);
  return waits.flatMap(({ id, sku, quantity }) => {
    const part = Math.min(quantity, left.get(sku) ?? 0);
    left.set(sku, (left.get(sku) ?? 0) - part);
    return part > 0 ? [{ id, quantity: part }] : [];
  });
}
