import { err, ok, type Result } from '@souk/kit/domain';

/** How many units of which SKU somebody wants. The same SKU may appear in several lines. */
export interface DemandLine {
  readonly sku: string;
  readonly quantity: number;
}

/** What one warehouse can still promise of one SKU. */
export interface AvailableStock {
  readonly stockLevelId: string;
  readonly warehouseId: string;
  readonly sku: string;
  readonly available: number;
  /** Lower is taken first. */
  readonly warehousePriority: number;
}

/** How many units to take from one stock level. */
export interface Allocation {
  readonly stockLevelId: string;
  readonly warehouseId: string;
  readonly sku: string;
  readonly quantity: number;
}

/** A SKU of which all warehouses together have too little. */
export interface Shortage {
  readonly sku: string;
  readonly requested: number;
  readonly available: number;
}

/** Sums the lines per SKU: two lines of three units each need six, not three twice. */
export function demandBySku(lines: readonly DemandLine[]): ReadonlyMap<string, number> {
  const demand = new Map<string, number>();
  for (const { sku, quantity } of lines) demand.set(sku, (demand.get(sku) ?? 0) + quantity);
  return demand;
}

/**
 * Decides which warehouse serves what: the first by priority that can serve the whole demand, so that the order ships in
 * one parcel; where none can, each SKU is taken from the warehouses in the order of their priority. All or nothing: the
 * error names every SKU that is short.
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

/** Warehouses of equal priority are told apart by their id, so that the same question has the same answer. */
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

/** The stock of the first warehouse that can serve everything alone, if there is one. */
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
