import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestContext } from '@souk/kit/context';
import { recordQueries, openTestUnitOfWork, sequentialScans, type TestUnitOfWork } from '@souk/kit/testing';
import type { InventoryDatabase } from '../database.ts';
import { inventory as definition } from '../index.ts';
import { RestockService } from './restock.service.ts';
import { announced, ledgerOf, stockedTenant, unitsOf, warehouseIds } from '../testing/stocked-tenant.ts';
import { ReservationService } from './reservation.service.ts';
import { ReserveService, type ReserveRequest } from './reserve.service.ts';

let inventory: TestUnitOfWork<InventoryDatabase>;
let reservations: ReservationService;
let reserving: ReserveService;
const stocked = (stock: Record<string, number[]>) => stockedTenant(inventory.unitOfWork, stock);
const units = (ctx: RequestContext) => unitsOf(inventory.unitOfWork, ctx);

beforeAll(async () => {
  inventory = await openTestUnitOfWork(definition);
  reservations = new ReservationService(inventory.unitOfWork);
  reserving = new ReserveService(inventory.unitOfWork);
});
afterAll(() => inventory.database.drop());

function request(demand: Record<string, number>, reservationId: string = randomUUID()): ReserveRequest {
  const lines = Object.entries(demand).map(([sku, quantity]) => ({ sku, quantity }));
  return { reservationId, orderId: randomUUID(), lines, expiresInSeconds: 900 };
}

async function held(ctx: RequestContext, demand: Record<string, number>): Promise<string> {
  const wanted = request(demand);
  expect(await reserving.reserve(ctx, wanted)).toMatchObject({ ok: true });
  return wanted.reservationId;
}

/** Moves the expiry of reservations into the past, so the next run of the job releases them. */
async function outdate(ids: readonly string[]): Promise<void> {
  const admin = await inventory.database.connect();
  await admin.query(`update inventory.reservation set expires_at = now() - interval '1 second' where id = any($1)`, [
    ids,
  ]);
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ item }) => item);
}

describe('races', () => {
  test('200 buyers of 50 units: exactly 50 buyers get one unit, from both warehouses', async () => {
    const ctx = await stocked({ lamp: [20, 30] });
    const results = await Promise.all(Array.from({ length: 200 }, () => reserving.reserve(ctx, request({ lamp: 1 }))));
    expect(results.filter((result) => result.ok)).toHaveLength(50);
    expect(await ledgerOf(inventory.unitOfWork, ctx)).toMatchObject([
      { warehouse: 'W0', onHand: 20, reserved: 20, ledgerReserved: 20 },
      { warehouse: 'W1', onHand: 30, reserved: 30, ledgerReserved: 30 },
    ]);
    // The published totals are exact: every number from 49 down to 0 occurs, in order.
    expect((await announced(inventory.unitOfWork, ctx)).slice(1)).toEqual(
      Array.from({ length: 50 }, (_, sold) => `lamp=${49 - sold}`),
    );
  });

  test('reservations of the same SKUs in any order, and their ends, do not deadlock', async () => {
    const skus = ['bolt', 'gear', 'lamp', 'nail', 'pump', 'seal'];
    const ctx = await stocked(Object.fromEntries(skus.map((sku) => [sku, [100, 300]])));
    const buy = async (_: unknown, place: number) => {
      const cart = { ...request({}), lines: shuffled(skus).map((sku) => ({ sku, quantity: 2 })) };
      expect(await reserving.reserve(ctx, cart)).toMatchObject({ ok: true });
      if (place % 2 === 0) await reservations.release(ctx, cart.reservationId);
      else await reservations.commit(ctx, cart.reservationId);
    };
    const { statements } = await recordQueries(() => Promise.all(Array.from({ length: 150 }, buy)));
    expect(Object.values(await units(ctx))).toEqual(skus.map(() => [400 - 75 * 2, 0]));
    // A deadlock would roll back a transaction and start it again. Exactly 300 starts show that no deadlock occurred.
    expect(statements.filter((statement) => statement.startsWith('begin'))).toHaveLength(300);
  });

  test('concurrent repetitions of one request hold its stock once, also the last units', async () => {
    const ctx = await stocked({ lamp: [3] });
    const wanted = request({ lamp: 3 });
    const results = await Promise.all(Array.from({ length: 20 }, () => reserving.reserve(ctx, wanted)));
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    expect(results[0]).toMatchObject({ ok: true, value: { allocations: [{ sku: 'lamp', quantity: 3 }] } });
    expect(await units(ctx)).toEqual({ lamp: [3, 3] });
  });

  test('a release that races with its reserve leaves nothing held, in either order', async () => {
    const ctx = await stocked({ lamp: [100] });
    await Promise.all(
      Array.from({ length: 40 }, async () => {
        const wanted = request({ lamp: 2 });
        const [reserved, released] = await Promise.all([
          reserving.reserve(ctx, wanted),
          reservations.release(ctx, wanted.reservationId),
        ]);
        expect(released).toEqual({ released: true });
        if (!reserved.ok) expect(reserved.error).toEqual({ code: 'RESERVATION_CLOSED' });
      }),
    );
    expect(await units(ctx)).toEqual({ lamp: [100, 0] });
  });
});

describe('reserve', () => {
  test('two lines of one SKU are summed into one demand', async () => {
    const ctx = await stocked({ lamp: [5] });
    const lines = [
      { sku: 'lamp', quantity: 3 },
      { sku: 'lamp', quantity: 3 },
    ];
    expect(await reserving.reserve(ctx, { ...request({}), lines })).toEqual({
      ok: false,
      error: { code: 'INSUFFICIENT_STOCK', shortages: [{ sku: 'lamp', requested: 6, available: 5 }] },
    });
  });

  test('a line that cannot be served leaves the others untouched, and every shortage is listed', async () => {
    const ctx = await stocked({ lamp: [5], bolt: [1] });
    expect(await reserving.reserve(ctx, request({ lamp: 1, bolt: 2, nail: 1 }))).toMatchObject({
      error: {
        shortages: [
          { sku: 'bolt', requested: 2, available: 1 },
          { sku: 'nail', requested: 1, available: 0 },
        ],
      },
    });
    expect(await units(ctx)).toEqual({ lamp: [5, 0], bolt: [1, 0] });
  });

  test('the reply lists the units of each warehouse', async () => {
    const ctx = await stocked({ lamp: [2, 9], bolt: [9, 2] });
    const ids = await warehouseIds(inventory.unitOfWork, ctx);
    expect(await reserving.reserve(ctx, request({ lamp: 5, bolt: 1 }))).toEqual({
      ok: true,
      value: {
        allocations: expect.arrayContaining([
          { sku: 'lamp', warehouseId: ids['W1'], quantity: 5 },
          { sku: 'bolt', warehouseId: ids['W1'], quantity: 1 },
        ]),
      },
    });
  });

  test('a reservation takes five round trips', async () => {
    const ctx = await stocked({ lamp: [5, 5], bolt: [5] });
    const { statements } = await recordQueries(() => reserving.reserve(ctx, request({ lamp: 7, bolt: 1 })));
    expect(statements).toEqual([
      expect.stringMatching(/^begin/),
      expect.stringContaining('for no key update'),
      expect.stringContaining('insert into reservation'),
      expect.stringContaining('insert into outbox_event'),
      'commit',
    ]);
  });

  test.each(['release', 'commit'] as const)('an id after its %s cannot hold stock again', async (end) => {
    const ctx = await stocked({ lamp: [5] });
    const id = await held(ctx, { lamp: 1 });
    await reservations[end](ctx, id);
    expect(await reserving.reserve(ctx, request({ lamp: 1 }, id))).toEqual({
      ok: false,
      error: { code: 'RESERVATION_CLOSED' },
    });
  });

  test('an id that was released before its reserve arrived stays closed', async () => {
    const ctx = await stocked({ lamp: [5] });
    const wanted = request({ lamp: 1 });
    expect(await reservations.release(ctx, wanted.reservationId)).toEqual({ released: true });
    expect(await reserving.reserve(ctx, wanted)).toEqual({ ok: false, error: { code: 'RESERVATION_CLOSED' } });
    expect(await units(ctx)).toEqual({ lamp: [5, 0] });
  });
});

describe('the end of a reservation', () => {
  test('a release returns the stock once', async () => {
    const ctx = await stocked({ lamp: [5] });
    const id = await held(ctx, { lamp: 3 });
    const released = await Promise.all([1, 2, 3].map(() => reservations.release(ctx, id)));
    expect(released).toEqual([1, 2, 3].map(() => ({ released: true })));
    expect(await units(ctx)).toEqual({ lamp: [5, 0] });
    expect(await announced(inventory.unitOfWork, ctx)).toEqual(['lamp=5', 'lamp=2', 'lamp=5']);
  });

  test('a commit removes the stock once, and does not change the availability', async () => {
    const ctx = await stocked({ lamp: [5] });
    const id = await held(ctx, { lamp: 3 });
    expect(await Promise.all([1, 2].map(() => reservations.commit(ctx, id)))).toEqual([
      { ok: true, value: {} },
      { ok: true, value: {} },
    ]);
    expect(await units(ctx)).toEqual({ lamp: [2, 0] });
    expect(await announced(inventory.unitOfWork, ctx)).toEqual(['lamp=5', 'lamp=2']);
  });

  test('a committed reservation cannot be released, and a released or unknown one cannot be committed', async () => {
    const ctx = await stocked({ lamp: [5] });
    const [sold, given] = [await held(ctx, { lamp: 1 }), await held(ctx, { lamp: 1 })];
    await reservations.commit(ctx, sold);
    await reservations.release(ctx, given);
    expect(await reservations.release(ctx, sold)).toEqual({ released: false });
    const closed = { ok: false, error: { code: 'RESERVATION_CLOSED' } };
    expect(await reservations.commit(ctx, given)).toEqual(closed);
    expect(await reservations.commit(ctx, randomUUID())).toEqual(closed);
    expect(await units(ctx)).toEqual({ lamp: [4, 0] });
  });

  test('any number of processes release the expired reservations of all tenants', async () => {
    const tenants = await Promise.all([stocked({ lamp: [5], bolt: [9] }), stocked({ lamp: [7] })]);
    const overdue: string[] = [];
    for (const ctx of tenants) overdue.push(await held(ctx, { lamp: 2 }), await held(ctx, { lamp: 1 }));
    const [first] = tenants;
    const waiting = await held(first, { bolt: 1 });
    await outdate(overdue);

    const swept = await Promise.all([1, 2, 3].map(() => reservations.expireOverdue()));
    expect(swept.reduce((sum, count) => sum + count)).toBe(4);
    expect(await Promise.all(tenants.map(units))).toEqual([{ bolt: [9, 1], lamp: [5, 0] }, { lamp: [7, 0] }]);

    const [late = ''] = overdue;
    expect(await reservations.commit(first, late)).toEqual({ ok: false, error: { code: 'RESERVATION_CLOSED' } });
    expect(await reservations.release(first, late)).toEqual({ released: true });
    expect(await reservations.commit(first, waiting)).toMatchObject({ ok: true });
  });

  test("releasing expired reservations takes the same few statements for any number of a tenant's reservations", async () => {
    const ctx = await stocked({ lamp: [50], bolt: [50] });
    const ids: string[] = [];
    for (let count = 0; count < 30; count++) ids.push(await held(ctx, { lamp: 1, bolt: 1 }));
    await outdate(ids);
    const { result, statements } = await recordQueries(() => reservations.expireOverdue());
    expect(result).toBe(30);
    expect(statements).toHaveLength(6); // the due reservations; begin, lock, end, outbox, commit
    expect(await units(ctx)).toEqual({ bolt: [50, 0], lamp: [50, 0] });
  });
});

describe('restock', () => {
  test('committed units return to their warehouses, once per id', async () => {
    const ctx = await stocked({ lamp: [5, 5] });
    const wanted = request({ lamp: 7 });
    const reserved = await reserving.reserve(ctx, wanted);
    if (!reserved.ok) throw new Error('not reserved');
    await reservations.commit(ctx, wanted.reservationId);
    const restocks = new RestockService(inventory.unitOfWork);
    const back = {
      restockId: randomUUID(),
      orderId: wanted.orderId,
      lines: reserved.value.allocations,
      reason: 'canceled',
    };
    const answers = await Promise.all([1, 2, 3].map(() => restocks.restock(ctx, back)));
    expect(answers.filter(({ restocked }) => restocked)).toHaveLength(1);
    expect(await ledgerOf(inventory.unitOfWork, ctx)).toMatchObject([
      { warehouse: 'W0', onHand: 5, reserved: 0, ledgerOnHand: 5, ledgerReserved: 0 },
      { warehouse: 'W1', onHand: 5, reserved: 0, ledgerOnHand: 5, ledgerReserved: 0 },
    ]);
    expect((await announced(inventory.unitOfWork, ctx)).at(-1)).toBe('lamp=10');
  });

  test('a restock of an unknown stock level is refused as a whole', async () => {
    const ctx = await stocked({ lamp: [5] });
    const ids = await warehouseIds(inventory.unitOfWork, ctx);
    const lines = ['lamp', 'nail'].map((sku) => ({ sku, warehouseId: ids['W0'] ?? '', quantity: 1 }));
    const restocks = new RestockService(inventory.unitOfWork);
    const refused = restocks.restock(ctx, { restockId: randomUUID(), orderId: randomUUID(), lines, reason: 'x' });
    await expect(refused).rejects.toThrow('a stock level that does not exist');
    expect(await units(ctx)).toEqual({ lamp: [5, 0] });
  });
});

test('no statement of a reservation scans a table', async () => {
  const ctx = await stocked({ lamp: [5] });
  const { statements } = await recordQueries(async () => {
    await reservations.commit(ctx, await held(ctx, { lamp: 1 }));
    await reservations.release(ctx, await held(ctx, { lamp: 1 }));
    await reservations.release(ctx, randomUUID());
  });
  expect(statements.length).toBeGreaterThan(15);
  expect(await sequentialScans(inventory.database, 'inventory', statements, ['warehouse'])).toEqual([]);
});
