import type { ReservationTerms } from '../stock-item/stock-item.ts';
import { availableUnits, type StockLevel } from '../stock/stock-level.ts';
import type { AvailableStock } from './allocation.ts';

/** The units of one stock level that are reserved for a cart. */
export interface HeldForCart {
  readonly reservationId: string;
  readonly stockLevelId: string;
  readonly quantity: number;
}

/** A stock level with the warehouse that decides its use. */
interface ReservableLevel extends Pick<StockLevel, 'id' | 'warehouseId' | 'sku' | 'onHand' | 'reserved'> {
  readonly warehousePriority: number;
  readonly warehouseActive: boolean;
}

/** The units of active warehouses that can be reserved. Units that are reserved for the same cart count as available. */
export function availableStock(
  levels: readonly ReservableLevel[],
  cartHolds: readonly HeldForCart[],
  terms: ReadonlyMap<string, Pick<ReservationTerms, 'safetyStock' | 'backordered'>>,
): AvailableStock[] {
  const held = new Map<string, number>();
  for (const { stockLevelId, quantity } of cartHolds) held.set(stockLevelId, (held.get(stockLevelId) ?? 0) + quantity);
  const stock = levels
    .filter((level) => level.warehouseActive)
    .map((level) => {
      const { id, warehouseId, sku, warehousePriority } = level;
      const available = availableUnits(level) + (held.get(id) ?? 0);
      return { stockLevelId: id, warehouseId, sku, available, warehousePriority };
    });
  return withhold(stock, terms);
}

/**
 * Subtracts the units that no order may take: the safety stock, and the units for which earlier orders wait. They are
 * subtracted from the warehouses with the last priority first.
 */
function withhold(
  stock: readonly AvailableStock[],
  terms: ReadonlyMap<string, Pick<ReservationTerms, 'safetyStock' | 'backordered'>>,
): AvailableStock[] {
  const kept = new Map([...terms].map(([sku, { safetyStock, backordered }]) => [sku, safetyStock + backordered]));
  return stock
    .toSorted((one, other) => other.warehousePriority - one.warehousePriority)
    .map((level) => {
      const part = Math.min(kept.get(level.sku) ?? 0, Math.max(0, level.available));
      kept.set(level.sku, (kept.get(level.sku) ?? 0) - part);
      return { ...level, available: level.available - part };
    });
}
