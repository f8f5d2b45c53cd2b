import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openTestUnitOfWork, type TestUnitOfWork } from '@souk/kit/testing';
import type { InventoryDatabase } from '../database.ts';
import { inventory as definition } from '../index.ts';
import { ReservationService } from '../reservation/reservation.service.ts';
import { ReserveService } from '../reservation/reserve.service.ts';
import { announced, ledgerOf, stockedTenant, warehouseIds } from '../testing/stocked-tenant.ts';
import { WarehouseService } from './warehouse.service.ts';

let inventory: TestUnitOfWork<InventoryDatabase>;
let warehouses: WarehouseService;
let reservations: ReservationService;
let reserving: ReserveService;
beforeAll(async () => {
  inventory = await openTestUnitOfWork(definition);
  warehouses = new WarehouseService(inventory.unitOfWork);
  reservations = new ReservationService(inventory.unitOfWork);
  reserving = new ReserveService(inventory.unitOfWork);
});
afterAll(() => inventory.database.drop());

const berlin = { code: 'BER', name: 'Berlin', address: { countryCode: 'DE' } };
const request = (sku: string, quantity: number) => ({
  reservationId: randomUUID(),
  orderId: randomUUID(),
  lines: [{ sku, quantity }],
  expiresInSeconds: 900,
});

test('a code belongs to one warehouse of a tenant', async () => {
  const [ctx, other] = [await stockedTenant(inventory.unitOfWork, {}), await stockedTenant(inventory.unitOfWork, {})];
  expect(await warehouses.create(ctx, berlin)).toMatchObject({
    ok: true,
    value: { code: 'BER', active: true, version: 1 },
  });
  expect(await warehouses.create(ctx, berlin)).toMatchObject({ error: { code: 'CODE_TAKEN', field: ['code'] } });
  expect(await warehouses.create(other, berlin)).toMatchObject({ ok: true });
});

test('a change keeps missing fields, and a change of an outdated version is refused', async () => {
  const ctx = await stockedTenant(inventory.unitOfWork, {});
  const created = await warehouses.create(ctx, { ...berlin, address: { countryCode: 'DE', city: 'Berlin' } });
  const id = created.ok ? created.value.id : '';
  expect(await warehouses.update(ctx, { id, priority: 7, expectedVersion: 1 })).toMatchObject({
    value: { name: 'Berlin', address: { city: 'Berlin' }, priority: 7, version: 2 },
  });
  expect(await warehouses.update(ctx, { id, name: 'Mitte', expectedVersion: 1 })).toMatchObject({
    error: { code: 'VERSION_CONFLICT', currentVersion: 2 },
  });
  expect(await warehouses.update(ctx, { id: randomUUID(), name: 'x' })).toMatchObject({ error: { code: 'NOT_FOUND' } });
});

test('a warehouse with reserved stock cannot be deactivated', async () => {
  const ctx = await stockedTenant(inventory.unitOfWork, { lamp: [5] });
  const { W0: id = '' } = await warehouseIds(inventory.unitOfWork, ctx);
  const wanted = request('lamp', 2);
  await reserving.reserve(ctx, wanted);
  expect(await warehouses.update(ctx, { id, active: false })).toMatchObject({
    error: { code: 'WAREHOUSE_HAS_RESERVATIONS', field: ['active'], message: expect.stringContaining('2 units') },
  });
  await reservations.release(ctx, wanted.reservationId);
  expect(await warehouses.update(ctx, { id, active: false })).toMatchObject({ ok: true });
});

test('stock of an inactive warehouse is not sold, and the availability is published', async () => {
  const ctx = await stockedTenant(inventory.unitOfWork, { lamp: [5, 3], bolt: [2] });
  const { W0: id = '' } = await warehouseIds(inventory.unitOfWork, ctx);
  const before = (await announced(inventory.unitOfWork, ctx)).length;
  await warehouses.update(ctx, { id, active: false });
  expect(await reserving.reserve(ctx, request('lamp', 4))).toMatchObject({
    error: { code: 'INSUFFICIENT_STOCK', shortages: [{ sku: 'lamp', requested: 4, available: 3 }] },
  });
  await warehouses.update(ctx, { id, active: true });
  expect((await announced(inventory.unitOfWork, ctx)).slice(before)).toEqual(['bolt=0', 'lamp=3', 'bolt=2', 'lamp=8']);
});

test('a warehouse that is deactivated while buyers reserve is inactive without reservations, or stays active', async () => {
  for (let round = 0; round < 8; round++) {
    const ctx = await stockedTenant(inventory.unitOfWork, { lamp: [5, 50] });
    const { W0: id = '' } = await warehouseIds(inventory.unitOfWork, ctx);
    const buyers = Array.from({ length: 10 }, () => reserving.reserve(ctx, request('lamp', 1)));
    const [closed, ...bought] = await Promise.all([warehouses.update(ctx, { id, active: false }), ...buyers]);
    expect(bought.every((result) => result.ok)).toBe(true);
    const [level] = await ledgerOf(inventory.unitOfWork, ctx);
    expect(level?.warehouse).toBe('W0');
    if (closed.ok) expect(level?.reserved).toBe(0);
    else expect(closed.error.code).toBe('WAREHOUSE_HAS_RESERVATIONS');
  }
});

test('a warehouse that never held stock is deleted, and its code is free', async () => {
  const ctx = await stockedTenant(inventory.unitOfWork, {});
  const created = await warehouses.create(ctx, berlin);
  const id = created.ok ? created.value.id : '';
  expect(await warehouses.delete(ctx, { id, expectedVersion: 7 })).toMatchObject({
    error: { code: 'VERSION_CONFLICT' },
  });
  expect(await warehouses.delete(ctx, { id })).toEqual({ ok: true, value: null });
  expect(await warehouses.byId(ctx, id)).toBeNull();
  expect(await warehouses.delete(ctx, { id })).toMatchObject({ error: { code: 'NOT_FOUND', field: ['id'] } });
  expect(await warehouses.create(ctx, berlin)).toMatchObject({ ok: true });
});

test('a warehouse with reserved units or stock cannot be deleted, and an empty one with history is deactivated', async () => {
  const ctx = await stockedTenant(inventory.unitOfWork, { lamp: [5] });
  const { W0: id = '' } = await warehouseIds(inventory.unitOfWork, ctx);
  const all = request('lamp', 5);
  await reserving.reserve(ctx, all);
  expect(await warehouses.delete(ctx, { id })).toMatchObject({ error: { code: 'WAREHOUSE_HAS_RESERVATIONS' } });
  await reservations.release(ctx, all.reservationId);
  expect(await warehouses.delete(ctx, { id })).toMatchObject({
    error: { code: 'WAREHOUSE_HAS_STOCK', message: expect.stringContaining('5 units'), field: ['id'] },
  });
  const again = request('lamp', 5);
  await reserving.reserve(ctx, again);
  await reservations.commit(ctx, again.reservationId);
  expect(await warehouses.delete(ctx, { id })).toMatchObject({ ok: true, value: { id, active: false } });
  expect(await ledgerOf(inventory.unitOfWork, ctx)).toMatchObject([{ warehouse: 'W0' }]);
});

test('a warehouse that is deleted while buyers reserve stays with their reservations', async () => {
  for (let round = 0; round < 4; round++) {
    const ctx = await stockedTenant(inventory.unitOfWork, { lamp: [5, 50] });
    const { W0: id = '' } = await warehouseIds(inventory.unitOfWork, ctx);
    const buyers = Array.from({ length: 10 }, () => reserving.reserve(ctx, request('lamp', 1)));
    const [deleted, ...bought] = await Promise.all([warehouses.delete(ctx, { id }), ...buyers]);
    expect(bought.every((result) => result.ok)).toBe(true);
    expect(deleted.ok).toBe(false);
  }
});
