import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RequestContext } from '@souk/kit/context';
import { ok } from '@souk/kit/domain';
import { openTestUnitOfWork, recordQueries, type TestUnitOfWork } from '@souk/kit/testing';
import fc from 'fast-check';
import { sql } from 'kysely';
import { BackorderAllocated, StockLow, type StockAllocation } from '../contract.ts';
import type { InventoryDatabase } from '../database.ts';
import { inventory as definition } from '../index.ts';
import { ReservationService } from './reservation.service.ts';
import { ReserveService } from './reserve.service.ts';
import { RestockService } from './restock.service.ts';
import { StockChangeService } from '../stock/stock-change.service.ts';
import type { StockItemSettings } from '../stock-item/stock-item.ts';
import { StockItemService } from '../stock-item/stock-item.service.ts';
import { stockedTenant, unitsOf, warehouseIds } from '../testing/stocked-tenant.ts';
import { allocateBackorders } from '../backorder/backorder-allocation.ts';
import { BackorderAllocationService } from './backorder-allocation.service.ts';

let inventory: TestUnitOfWork<InventoryDatabase>;
beforeAll(async () => void (inventory = await openTestUnitOfWork(definition)));
afterAll(() => inventory.database.drop());

const KNOWN = { require: async () => ok(undefined) };

async function shopWith(onHand: number, settings: StockItemSettings): Promise<RequestContext> {
  const ctx = await stockedTenant(inventory.unitOfWork, { lamp: [onHand] });
  await new StockItemService(inventory.unitOfWork, KNOWN).import(ctx, [{ sku: 'lamp', ...settings }]);
  return ctx;
}

/** Orders lamps and commits the reservation. */
async function order(ctx: RequestContext, quantity: number) {
  const [reservationId, orderId] = [randomUUID(), randomUUID()];
  const lines = [{ sku: 'lamp', quantity }];
  const reply = await new ReserveService(inventory.unitOfWork).reserve(ctx, {
    reservationId,
    orderId,
    lines,
    expiresInSeconds: 900,
  });
  if (reply.ok) await new ReservationService(inventory.unitOfWork).commit(ctx, reservationId);
  return { orderId, reservationId, reply };
}

async function arrive(ctx: RequestContext, delta: number): Promise<void> {
  const { W0: warehouseId = '' } = await warehouseIds(inventory.unitOfWork, ctx);
  const changes = new StockChangeService(inventory.unitOfWork, KNOWN);
  await changes.adjust(ctx, { sku: 'lamp', warehouseId, delta, reason: 'delivery' });
  await new BackorderAllocationService(inventory.unitOfWork).allocateDue();
}

/** The payloads of the events of a type, in their order. */
async function published<Payload>(ctx: RequestContext, subject: string): Promise<Payload[]> {
  return inventory.unitOfWork.read(ctx, async (tx) => {
    const { rows } = await sql<{ payload: Payload }>`
      select payload from outbox_event where subject = ${subject} order by position`.execute(tx.db);
    return rows.map(({ payload }) => payload);
  });
}

const allocated = (ctx: RequestContext) =>
  published<{ orderId: string; allocations: StockAllocation[] }>(ctx, BackorderAllocated.subject);

test('units beyond the stock wait, up to the limit, and a larger order is refused with what is possible', async () => {
  const ctx = await shopWith(2, { backorderLimit: 4 });
  expect((await order(ctx, 5)).reply).toMatchObject({
    ok: true,
    value: { allocations: [{ quantity: 2 }], backordered: [{ sku: 'lamp', quantity: 3 }] },
  });
  expect((await order(ctx, 2)).reply).toEqual({
    ok: false,
    error: { code: 'INSUFFICIENT_STOCK', shortages: [{ sku: 'lamp', requested: 2, available: 1 }] },
  });
});

test('a repeated reservation returns the same units', async () => {
  const ctx = await shopWith(1, { backorderLimit: 9 });
  const request = {
    reservationId: randomUUID(),
    orderId: randomUUID(),
    lines: [{ sku: 'lamp', quantity: 3 }],
    expiresInSeconds: 900,
  };
  const service = new ReserveService(inventory.unitOfWork);
  const first = await service.reserve(ctx, request);
  expect(first).toMatchObject({ ok: true, value: { backordered: [{ sku: 'lamp', quantity: 2 }] } });
  expect(await service.reserve(ctx, request)).toEqual(first);
});

test('stock that arrives goes to the oldest order first, and to new orders only after all waiting ones', async () => {
  const ctx = await shopWith(0, { backorderLimit: 100 });
  const first = await order(ctx, 3);
  const second = await order(ctx, 2);
  await arrive(ctx, 4);
  const { W0: warehouseId } = await warehouseIds(inventory.unitOfWork, ctx);
  const units = (quantity: number) => [{ sku: 'lamp', warehouseId, quantity }];
  expect(await allocated(ctx)).toEqual([
    { orderId: first.orderId, allocations: units(3) },
    { orderId: second.orderId, allocations: units(1) },
  ]);
  expect((await order(ctx, 1)).reply).toMatchObject({
    ok: true,
    value: { allocations: [], backordered: [{ quantity: 1 }] },
  });
  await arrive(ctx, 5);
  expect((await allocated(ctx)).slice(2).map(({ allocations }) => allocations[0]?.quantity)).toEqual([1, 1]);
  expect(await unitsOf(inventory.unitOfWork, ctx)).toEqual({ lamp: [3, 0] });
});

test('an order that is not placed yet gets no stock, and its release ends the wait', async () => {
  const ctx = await shopWith(0, { backorderLimit: 1 });
  const [reservationId, orderId] = [randomUUID(), randomUUID()];
  const request = { reservationId, orderId, lines: [{ sku: 'lamp', quantity: 1 }], expiresInSeconds: 900 };
  await new ReserveService(inventory.unitOfWork).reserve(ctx, request);
  await arrive(ctx, 1);
  expect(await allocated(ctx)).toEqual([]);
  await new ReservationService(inventory.unitOfWork).release(ctx, reservationId);
  expect((await order(ctx, 1)).reply).toMatchObject({ ok: true, value: { allocations: [{ quantity: 1 }] } });
});

test('canceled units stop waiting, once', async () => {
  const ctx = await shopWith(0, { backorderLimit: 5 });
  const { orderId } = await order(ctx, 4);
  const request = {
    restockId: randomUUID(),
    orderId,
    lines: [],
    backordered: [{ sku: 'lamp', quantity: 3 }],
    reason: 'canceled',
  };
  const restocks = new RestockService(inventory.unitOfWork);
  await restocks.restock(ctx, request);
  await restocks.restock(ctx, request);
  await arrive(ctx, 9);
  expect((await allocated(ctx)).map(({ allocations }) => allocations[0]?.quantity)).toEqual([1]);
});

test('two buyers of the last unit that may wait: one order is placed', async () => {
  const ctx = await shopWith(0, { backorderLimit: 3 });
  const replies = await Promise.all(Array.from({ length: 8 }, () => order(ctx, 1)));
  expect(replies.filter(({ reply }) => reply.ok)).toHaveLength(3);
});

test('safety stock is not sold, and the event of low stock comes once when the threshold is crossed', async () => {
  const ctx = await shopWith(10, { safetyStock: 4, lowStockThreshold: 3 });
  expect((await order(ctx, 7)).reply).toMatchObject({ ok: false, error: { shortages: [{ available: 6 }] } });
  await order(ctx, 2);
  expect(await published(ctx, StockLow.subject)).toEqual([]);
  await order(ctx, 1);
  await order(ctx, 1);
  expect(await published(ctx, StockLow.subject)).toEqual([{ sku: 'lamp', available: 3, threshold: 3 }]);
});

test('waiting orders get stock in a fixed number of statements, however many they are', async () => {
  const statementsFor = async (orders: number) => {
    const ctx = await shopWith(0, { backorderLimit: 1000 });
    for (let count = 0; count < orders; count++) await order(ctx, 1);
    const { W0: warehouseId = '' } = await warehouseIds(inventory.unitOfWork, ctx);
    const changes = new StockChangeService(inventory.unitOfWork, KNOWN);
    await changes.adjust(ctx, { sku: 'lamp', warehouseId, delta: orders, reason: 'delivery' });
    const work = () => new BackorderAllocationService(inventory.unitOfWork).allocateDue();
    const { statements } = await recordQueries(work);
    expect(await allocated(ctx)).toHaveLength(orders);
    return statements.length;
  };
  expect(await statementsFor(12)).toBe(await statementsFor(3));
});

test('an allocation gives no more than there is and no more than an order waits for', () => {
  const level = fc.record({ available: fc.integer({ min: -2, max: 9 }), warehousePriority: fc.nat(2) });
  fc.assert(
    fc.property(
      fc.array(level, { maxLength: 4 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 6 }),
      (levels, waits) => {
        const stock = levels.map((each, index) => ({
          ...each,
          sku: 'lamp',
          stockLevelId: `${index}`,
          warehouseId: `${index}`,
        }));
        const waiting = waits.map((units, index) => ({ id: `${index}`, orderId: `${index}`, waiting: units }));
        const { allocations, ended } = allocateBackorders(waiting, stock);
        const sum = (units: readonly { quantity: number }[]) => units.reduce((all, { quantity }) => all + quantity, 0);
        const supply = sum(levels.map(({ available }) => ({ quantity: Math.max(0, available) })));
        expect(sum(allocations)).toBe(Math.min(supply, sum(waits.map((quantity) => ({ quantity })))));
        expect(sum(ended)).toBe(sum(allocations));
        // An order gets units only when every earlier order got all of its units.
        const given = waiting.map(({ id }) => sum(ended.filter((each) => each.id === id)));
        const firstShort = given.findIndex((units, index) => units < (waits[index] ?? 0));
        if (firstShort >= 0) expect(given.slice(firstShort + 1).every((units) => units === 0)).toBe(true);
      },
    ),
  );
});
