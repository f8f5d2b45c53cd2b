import { presentWarehouse } from '../warehouse/warehouse.presenter.ts';
import type { PlacedStockLevel } from './stock-change.service.ts';
import { availableUnits } from './stock-level.ts';
import type { PlacedStockMovement } from './stock-reader.service.ts';
import type { StockLevelType, StockMovementType } from './stock.types.ts';

export function presentStockLevel({ level, warehouse }: PlacedStockLevel): StockLevelType {
  return { ...level, available: availableUnits(level), warehouse: presentWarehouse(warehouse) };
}

export function presentStockMovement({ movement, warehouse }: PlacedStockMovement): StockMovementType {
  return { ...movement, warehouse: presentWarehouse(warehouse) };
}
