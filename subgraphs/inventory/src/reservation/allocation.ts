import { err, ok, type Result } from '@souk/kit/domain';

/** The requested units of a SKU in one line. Several lines may have the same SKU. */
export interface DemandLine {
  readonly sku: string;
  readonly quantity: number;
}

/** The units of one SKU that one warehouse can still reserve. */
export interface AvailableStock {
  readonly stockLevelId: string;
  readonly warehouseId: string;
  readonly sku: string;
  readonly available: number;
  /** The priority of the warehouse. Warehouses with lower numbers are used first. */
  readonly warehousePriority: number;
}

/** The units to take from one stock level. */
export interface Allocation {
  readonly stockLevelId: string;
  readonly warehouseId: string;
  readonly sku: string;
  readonly quantity: number;
}

/** A SKU of which all active warehouses together have fewer available units than requested. */
export interface Shortage {
  readonly sku: string;
  readonly requested: number;
  readonly available: number;
}

/** Adds up the quantities per SKU. Two lines of three units each need six units. */
export function demandBySku(lines: readonly DemandLine[]): ReadonlyMap<string, number> {
  const demand = new Map<string, number>();
  for (const { sku, quantity } of lines) demand.set(sku, (demand.get(sku) ?? 0) + quantity);
  return demand;
}

/**
 * Allocates the whole demand to the first warehouse by priority that can serve it alone, so the order ships in one parcel.
 * Otherwise each SKU is taken from several warehouses in the order of their priority.
 * When the units of a SKU do not suffice, nothing is allocated, and the error lists every such SKU.
 */
export function allocate(
  demand: ReadonlyMap<string, number>,
  stock: readonly AvailableStock[],
): Result<Allocation[], readonly Shortage[]> {
  const usable = stock.filter(({ available }) => available > 0).toSorted(byPriority);
  const shortages = shortagesOf(demand, usable);
  if (shortages.length > 0) return err(shortages);
  return ok(split(demand, singleWarehouse(demand, usable) ?? usable));
}

/** Compares warehouses by priority. Equal priorities are compared by id, so the same demand always gets the same allocation. */
function byPriority(one: AvailableStock, other: AvailableStock): number {
  if (one.warehousePriority !== other.warehousePriority) return one.warehousePriority - other.warehousePriority;
  return one.warehouseId < other.warehouseId ? -1 : 1;
}

function shortagesOf(demand: ReadonlyMap<string, number>, stock: readonly AvailableStock[]): Shortage[] {
  const totals = new Map<string, number>();
  for (const { sku, available } of stock) totals.set(sku, (totals.get(sku) ?? 0) + available);
  return [...demand]
    .map(([sku, requested]) => ({ sku, requested, available: totals.get(sku) ?? 0 }))
    .filter(({ requested, available }) => available < requested);
}

/** The stock of the first warehouse by priority that can serve the whole demand alone. */
function singleWarehouse(
  demand: ReadonlyMap<string, number>,
  stock: readonly AvailableStock[],
): readonly AvailableStock[] | undefined {
  const byWarehouse = Map.groupBy(stock, ({ warehouseId }) => warehouseId);
  return byWarehouse.values().find((levels) => shortagesOf(demand, levels).length === 0);
}

function split(demand: ReadonlyMap<string, number>, stock: readonly AvailableStock[]): Allocation[] {
  const missing = new Map(demand);
  return stock.flatMap(({ stockLevelId, warehouseId, sku, available }) => {
    const quantity = Math.min(missing.get(sku) ?? 0, available);
    missing.set(sku, (missing.get(sku) ?? 0) - quantity);
    return quantity > 0 ? [{ stockLevelId, warehouseId, sku, quantity }] : [];
  });
}
