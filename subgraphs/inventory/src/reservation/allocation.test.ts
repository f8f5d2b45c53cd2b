import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { allocate, demandBySku, type AvailableStock } from './allocation.ts';

const level = (warehouseId: string, sku: string, available: number, warehousePriority = 0): AvailableStock => ({
  stockLevelId: `${warehouseId}/${sku}`,
  warehouseId,
  sku,
  available,
  warehousePriority,
});
const demand = (entries: Record<string, number>) => new Map(Object.entries(entries));
const taken = (result: ReturnType<typeof allocate>) =>
  result.ok ? result.value.map(({ stockLevelId, quantity }) => [stockLevelId, quantity]) : result.error;

test('lines of one SKU are summed into one demand', () => {
  expect(
    demandBySku([
      { sku: 'lamp', quantity: 3 },
      { sku: 'bolt', quantity: 1 },
      { sku: 'lamp', quantity: 3 },
    ]),
  ).toEqual(demand({ lamp: 6, bolt: 1 }));
});

describe('the allocation strategy', () => {
  test('takes from the warehouse of the lowest priority first', () => {
    expect(taken(allocate(demand({ lamp: 2 }), [level('far', 'lamp', 9, 2), level('near', 'lamp', 9, 1)]))).toEqual([
      ['near/lamp', 2],
    ]);
  });

  test('prefers one warehouse that can serve everything to one of better priority that cannot', () => {
    const stock = [
      level('near', 'lamp', 9, 1),
      level('far', 'lamp', 9, 2),
      level('far', 'bolt', 9, 2),
      level('farthest', 'lamp', 9, 3),
      level('farthest', 'bolt', 9, 3),
    ];
    expect(taken(allocate(demand({ lamp: 1, bolt: 1 }), stock))).toEqual([
      ['far/lamp', 1],
      ['far/bolt', 1],
    ]);
  });

  test('splits by priority when no warehouse can serve everything', () => {
    const stock = [level('far', 'lamp', 9, 2), level('near', 'lamp', 3, 1)];
    expect(taken(allocate(demand({ lamp: 10 }), stock))).toEqual([
      ['near/lamp', 3],
      ['far/lamp', 7],
    ]);
  });

  test('lists every short SKU with its available units', () => {
    const stock = [level('near', 'lamp', 1), level('far', 'lamp', 1), level('near', 'bolt', 5)];
    expect(taken(allocate(demand({ lamp: 3, bolt: 1, nail: 2 }), stock))).toEqual([
      { sku: 'lamp', requested: 3, available: 2 },
      { sku: 'nail', requested: 2, available: 0 },
    ]);
  });

  test('is correct for any demand and any stock', () => {
    const skus = fc.constantFrom('a', 'b', 'c');
    const stocks = fc.uniqueArray(
      fc.record({
        warehouseId: fc.constantFrom('w1', 'w2', 'w3', 'w4'),
        sku: skus,
        available: fc.nat(12),
        warehousePriority: fc.nat(2),
      }),
      { selector: ({ warehouseId, sku }) => `${warehouseId}/${sku}` },
    );
    const lines = fc.array(fc.record({ sku: skus, quantity: fc.integer({ min: 1, max: 9 }) }), { minLength: 1 });
    fc.assert(fc.property(lines, stocks, (wanted, stock) => checkAllocation(demandBySku(wanted), stock)));
  });
});

type Stock = Omit<AvailableStock, 'stockLevelId'>;

function checkAllocation(wanted: ReadonlyMap<string, number>, stock: readonly Stock[]): void {
  const levels = stock.map((each) => ({ ...each, stockLevelId: `${each.warehouseId}/${each.sku}` }));
  const result = allocate(wanted, levels);
  const total = (sku: string) => levels.reduce((sum, each) => sum + (each.sku === sku ? each.available : 0), 0);
  const short = [...wanted].filter(([sku, requested]) => total(sku) < requested);
  expect(result.ok).toBe(short.length === 0);
  if (!result.ok) return expect(result.error.map(({ sku }) => sku)).toEqual(short.map(([sku]) => sku));

  for (const [sku, requested] of wanted) {
    const parts = result.value.filter((each) => each.sku === sku);
    expect(parts.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(requested);
  }
  for (const { stockLevelId, quantity } of result.value) {
    expect(quantity).toBeGreaterThan(0);
    expect(quantity).toBeLessThanOrEqual(levels.find((each) => each.stockLevelId === stockLevelId)?.available ?? 0);
  }
  const canServeAll = Map.groupBy(levels, ({ warehouseId }) => warehouseId)
    .values()
    .some((own) =>
      [...wanted].every(([sku, requested]) => own.some((each) => each.sku === sku && each.available >= requested)),
    );
  const used = new Set(result.value.map(({ warehouseId }) => warehouseId));
  if (canServeAll) expect(used.size).toBe(1);
}
