import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { systemContext } from '@souk/kit/context';
import { recordQueries, openTestUnitOfWork, type TestUnitOfWork } from '@souk/kit/testing';
import type { InventoryDatabase } from '../database.ts';
import { inventory as definition } from '../index.ts';
import { announced, ledgerOf, unitsOf } from '../testing/stocked-tenant.ts';
import { StockImportService, type ImportedLevel } from './stock-import.service.ts';

let inventory: TestUnitOfWork<InventoryDatabase>;
let imports: StockImportService;
beforeAll(async () => {
  inventory = await openTestUnitOfWork(definition);
  imports = new StockImportService(inventory.unitOfWork);
});
afterAll(() => inventory.database.drop());

const newTenant = () => systemContext(randomUUID(), 'test', randomUUID());
const warehouses = ['A', 'B'].map((code) => ({ code, name: code, address: { countryCode: 'DE' } }));

function* generated(count: number): Generator<ImportedLevel> {
  for (let index = 0; index < count; index++) yield { warehouseCode: 'A', sku: `S${index}`, onHand: 3 };
}

test('a repeated import changes nothing, also when stock changed meanwhile', async () => {
  const ctx = newTenant();
  const stock = {
    warehouses,
    levels: [
      { warehouseCode: 'A', sku: 'lamp', onHand: 4 },
      { warehouseCode: 'B', sku: 'lamp', onHand: 0 },
    ],
  };
  expect(await imports.importStock(ctx, stock)).toEqual({ warehouses: 2, levels: 2 });
  expect(
    await imports.importStock(ctx, { ...stock, levels: [{ warehouseCode: 'A', sku: 'lamp', onHand: 9 }] }),
  ).toEqual({
    warehouses: 0,
    levels: 0,
  });
  expect(await ledgerOf(inventory.unitOfWork, ctx)).toMatchObject([
    { warehouse: 'A', onHand: 4, ledgerOnHand: 4 },
    { warehouse: 'B', onHand: 0, ledgerOnHand: 0 },
  ]);
  expect(await announced(inventory.unitOfWork, ctx)).toEqual(['lamp=4']);
});

test('two concurrent imports of one SKU into two warehouses publish its whole stock in the end', async () => {
  for (let round = 0; round < 8; round++) {
    const ctx = newTenant();
    await imports.importStock(ctx, { warehouses, levels: [] });
    await Promise.all(
      ['A', 'B'].map((warehouseCode) =>
        imports.importStock(ctx, { warehouses: [], levels: [{ warehouseCode, sku: 'lamp', onHand: 5 }] }),
      ),
    );
    expect(await announced(inventory.unitOfWork, ctx)).toEqual(['lamp=5', 'lamp=10']);
  }
});

test('12,000 levels take three transactions of seven statements', async () => {
  const ctx = newTenant();
  const work = () => imports.importStock(ctx, { warehouses, levels: generated(12_000) });
  const { result, statements } = await recordQueries(work);
  expect(result).toEqual({ warehouses: 2, levels: 12_000 });
  expect(statements).toHaveLength(3 + 3 * 7);
  expect(Object.keys(await unitsOf(inventory.unitOfWork, ctx))).toHaveLength(12_000);
});

test('an unknown warehouse code gives an error with the code', async () => {
  const levels = [{ warehouseCode: 'nowhere', sku: 'lamp', onHand: 1 }];
  await expect(imports.importStock(newTenant(), { warehouses, levels })).rejects.toThrow('nowhere');
});
