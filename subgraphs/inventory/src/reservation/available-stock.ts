import { availableUnits } from '../stock/stock-level.ts';
import type { LockedLevel } from '../stock/stock-ledger.repository.ts';
import type { AvailableStock } from './allocation.ts';
import type { HeldForCart } from './reservation-ground.repository.ts';

/** The units of active warehouses that can be reserved. Units that are reserved for the same cart count as available. */
export function availableStock(levels: readonly LockedLevel[], cartHolds: readonly HeldForCart[]): AvailableStock[] {
  const held = new Map<string, number>();
  for (const { stockLevelId, quantity } of cartHolds) held.set(stockLevelId, (held.get(stockLevelId) ?? 0) + quantity);
  return levels
    .filter((level) => level.warehouseActive)
    .map((level) => {
      const { id, warehouseId, sku, warehousePriority } = level;
      const available = availableUnits(level) + (held.get(id) ?? 0);
      return { stockLevelId: id, warehouseId, sku, available, warehousePriority };
    });
}
