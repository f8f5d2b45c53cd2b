import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openTestUnitOfWork, type TestUnitOfWork } from '@souk/kit/testing';
import type { RequestContext } from '@souk/kit/context';
import { ok } from '@souk/kit/domain';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { InventoryDatabase } from '../database.ts';
import { inventory as definition } from '../index.ts';
import { BackorderAllocationService } from '../reservation/backorder-allocation.service.ts';
import { CartHoldService } from '../reservation/cart-hold.service.ts';
import { ReservationService } from '../reservation/reservation.service.ts';
import { ReserveService } from '../reservation/reserve.service.ts';
import { stockItemsOfSkus } from '../stock-item/stock-item.repository.ts';
import { StockItemService } from '../stock-item/stock-item.service.ts';
import { announced, ledgerOf, stockedTenant, unitsOf, warehouseIds } from '../testing/stocked-tenant.ts';
import { RestockService } from '../reservation/restock.service.ts';
import { StockChangeService } from './stock-change.service.ts';

let inventory: TestUnitOfWork<InventoryDatabase>;
beforeAll(async () => void (inventory = await openTestUnitOfWork(definition)));
afterAll(() => inventory.database.drop());

/** Every SKU is known. */
const KNOWN = { require: async () => ok(undefined) };

const sku = fc.constantFrom('lamp', 'bolt', 'nail');
const warehouse = fc.constantFrom('W0', 'W1', 'W2');
const quantity = fc.integer({ min: 1, max: 6 });
/** Selects a reservation: any number, taken modulo the number of reservations. */
const which = fc.nat();

type Operation =
  | { readonly do: 'reserve'; readonly lines: { sku: string; quantity: number }[] }
  | { readonly do: 'hold'; readonly cart: number; readonly lines: { sku: string; quantity: number }[] }
  | { readonly do: 'order'; readonly cart: number }
  | { readonly do: 'abandon'; readonly cart: number }
  | { readonly do: 'arrive' }
  | { readonly do: 'release' | 'commit' | 'expire' | 'restock'; readonly which: number }
  | { readonly do: 'adjust'; readonly sku: string; readonly warehouse: string; readonly delta: number }
  | { readonly do: 'count'; readonly sku: string; readonly warehouse: string; readonly setOnHand: number }
  | {
      readonly do: 'transfer';
      readonly sku: string;
      readonly from: string;
      readonly to: string;
      readonly quantity: number;
    };

const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('reserve' as const),
      lines: fc.array(fc.record({ sku, quantity }), { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('hold' as const),
      cart: fc.nat(2),
      lines: fc.array(fc.record({ sku, quantity }), { maxLength: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('arrive' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('order', 'abandon'), cart: fc.nat(2) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('release', 'commit', 'expire', 'restock'), which }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('adjust' as const),
      sku,
      warehouse,
      delta: fc.integer({ min: -9, max: 9 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('count' as const), sku, warehouse, setOnHand: fc.nat(20) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('transfer' as const), sku, from: warehouse, to: warehouse, quantity }),
  },
);

/** A tenant on which random operations run. Souk refuses some of the operations. */
class Walk {
  readonly #reserving = new ReserveService(inventory.unitOfWork);
  readonly #reservations = new ReservationService(inventory.unitOfWork);
  readonly #restocks = new RestockService(inventory.unitOfWork);
  readonly #changes = new StockChangeService(inventory.unitOfWork, KNOWN);
  readonly #holds = new CartHoldService(inventory.unitOfWork);
  /** The carts with their lines. A cart that was ordered gets a new id. */
  readonly #carts = [0, 1, 2].map(() => ({
    id: randomUUID(),
    version: 1,
    lines: [] as { sku: string; quantity: number }[],
  }));
  readonly #made: {
    id: string;
    orderId: string;
    allocations: { sku: string; warehouseId: string; quantity: number }[];
    backordered: { sku: string; quantity: number }[];
  }[] = [];

  constructor(
    readonly ctx: RequestContext,
    readonly warehouses: Readonly<Record<string, string>>,
  ) {}

  async carryOut(step: Operation): Promise<unknown> {
    switch (step.do) {
      case 'reserve':
        return this.#reserve(step.lines);
      case 'arrive':
        return new BackorderAllocationService(inventory.unitOfWork).allocateDue();
      case 'hold':
        return this.#hold(step.cart, step.lines);
      case 'order':
        return this.#order(step.cart);
      case 'abandon':
        return this.#abandon(step.cart);
      case 'adjust':
      case 'count':
        return this.#changes.adjust(this.ctx, {
          ...step,
          warehouseId: this.warehouses[step.warehouse] ?? '',
          reason: 'walk',
        });
      case 'transfer': {
        const [fromWarehouseId = '', toWarehouseId = ''] = [this.warehouses[step.from], this.warehouses[step.to]];
        return this.#changes.transfer(this.ctx, { ...step, fromWarehouseId, toWarehouseId, reason: 'walk' });
      }
      case 'release':
      case 'commit':
      case 'expire':
      case 'restock':
        return this.#end(step.do, step.which);
      default:
        return step satisfies never;
    }
  }

  async #hold(place: number, lines: { sku: string; quantity: number }[]): Promise<void> {
    const cart = this.#carts[place];
    if (!cart) return;
    cart.lines = lines;
    cart.version += 1;
    await this.#holds.hold(this.ctx, { cartId: cart.id, cartVersion: cart.version, lines });
  }

  async #order(place: number): Promise<void> {
    const cart = this.#carts[place];
    if (!cart || cart.lines.length === 0) return;
    const { id, lines } = cart;
    Object.assign(cart, { id: randomUUID(), version: 1, lines: [] });
    await this.#reserve(lines, id);
  }

  async #abandon(place: number): Promise<void> {
    const cartId = this.#carts[place]?.id ?? '';
    await inventory.unitOfWork.run(this.ctx, (tx) =>
      tx.db
        .updateTable('reservation')
        .set({ expires_at: new Date(0) })
        .where('cart_id', '=', cartId)
        .where('status', '=', 'HELD')
        .execute(),
    );
    await this.#reservations.expireOverdue();
  }

  async #reserve(lines: { sku: string; quantity: number }[], cartId?: string): Promise<void> {
    const [id, orderId] = [randomUUID(), randomUUID()];
    const reserved = await this.#reserving.reserve(this.ctx, {
      reservationId: id,
      orderId,
      ...(cartId && { cartId }),
      lines,
      expiresInSeconds: 900,
    });
    if (reserved.ok) {
      const { allocations, backordered = [] } = reserved.value;
      this.#made.push({ id, orderId, allocations, backordered });
    }
  }

  async #end(how: 'release' | 'commit' | 'expire' | 'restock', place: number): Promise<unknown> {
    const made = this.#made[place % this.#made.length];
    if (!made) return undefined;
    if (how === 'release') return this.#reservations.release(this.ctx, made.id);
    if (how === 'commit') return this.#reservations.commit(this.ctx, made.id);
    if (how === 'expire') return this.#expire(made.id);
    const { ok } = await this.#reservations.commit(this.ctx, made.id);
    const { allocations: lines, backordered } = made;
    const restock = { restockId: made.id, orderId: made.orderId, lines, backordered, reason: 'walk' };
    return ok ? this.#restocks.restock(this.ctx, restock) : undefined;
  }

  async #expire(id: string): Promise<void> {
    await inventory.unitOfWork.run(this.ctx, (tx) =>
      tx.db
        .updateTable('reservation')
        .set({ expires_at: new Date(0) })
        .where('id', '=', id)
        .where('status', '=', 'HELD')
        .execute(),
    );
    await this.#reservations.expireOverdue();
  }
}

async function walkOf(): Promise<Walk> {
  const ctx = await stockedTenant(inventory.unitOfWork, { lamp: [8, 4, 2], bolt: [5, 5], nail: [0] });
  await new StockItemService(inventory.unitOfWork, KNOWN).import(ctx, [
    { sku: 'lamp', mode: 'RESERVE_ON_CART' },
    { sku: 'bolt', backorderLimit: 12, safetyStock: 1 },
  ]);
  return new Walk(ctx, await warehouseIds(inventory.unitOfWork, ctx));
}

/** The units that reservations hold, by stock level. */
async function heldUnits(ctx: RequestContext): Promise<ReadonlyMap<string, number>> {
  return inventory.unitOfWork.read(ctx, async (tx) => {
    const { rows } = await sql<{ place: string; units: number }>`
      select warehouse.code || ' ' || level.sku as place, sum(line.quantity)::bigint as units from reservation
        join reservation_line line on line.reservation_id = reservation.id
        join stock_level level on level.id = line.stock_level_id
        join warehouse on warehouse.id = level.warehouse_id
       where reservation.status = 'HELD' group by 1`.execute(tx.db);
    return new Map(rows.map(({ place, units }) => [place, units]));
  });
}

/** Expects that every level equals the sum of its ledger, covers its reserved units, and agrees with the last published total. */
async function checkBooks(ctx: RequestContext): Promise<void> {
  const held = await heldUnits(ctx);
  const skus = ['lamp', 'bolt', 'nail'];
  const stored = await inventory.unitOfWork.read(ctx, (tx) => stockItemsOfSkus(tx, skus));
  const items = new Map(stored.map((item) => [item.sku, item]));
  for (const level of await ledgerOf(inventory.unitOfWork, ctx)) {
    expect(level.reserved).toBe(held.get(`${level.warehouse} ${level.sku}`) ?? 0);
    expect(level).toMatchObject({ ledgerOnHand: level.onHand, ledgerReserved: level.reserved });
    expect(level.reserved).toBeGreaterThanOrEqual(0);
    expect(level.onHand).toBeGreaterThanOrEqual(level.reserved);
  }
  const last = new Map(
    (await announced(inventory.unitOfWork, ctx)).map((event) => event.split('=') as [string, string]),
  );
  for (const [each, [onHand = 0, reserved = 0]] of Object.entries(await unitsOf(inventory.unitOfWork, ctx))) {
    const { safetyStock = 0, backordered = 0 } = items.get(each) ?? {};
    const sellable = Math.max(0, onHand - reserved - safetyStock - backordered);
    expect(`${each}=${last.get(each) ?? 0}`).toBe(`${each}=${sellable}`);
  }
  expect(items.get('bolt')?.backordered).toBe(await waitingUnits(ctx));
  expect(await waitingUnits(ctx)).toBeLessThanOrEqual(12);
}

/** The units that orders wait for. */
function waitingUnits(ctx: RequestContext): Promise<number> {
  return inventory.unitOfWork.read(ctx, async (tx) => {
    const { rows } = await sql<{
      units: number;
    }>`select coalesce(sum(waiting), 0)::bigint as units from backorder`.execute(tx.db);
    return rows[0]?.units ?? 0;
  });
}

test('after every operation the ledger sums to the levels, and the last event holds the available units', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: 25 }), async (steps) => {
      const walk = await walkOf();
      for (const step of steps) {
        await walk.carryOut(step);
        await checkBooks(walk.ctx);
      }
    }),
    { numRuns: 12 },
  );
});

test('the same holds when the operations run concurrently', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 10, maxLength: 60 }), async (steps) => {
      const walk = await walkOf();
      await walk.carryOut({ do: 'reserve', lines: [{ sku: 'lamp', quantity: 9 }] });
      await Promise.all(steps.map((step) => walk.carryOut(step)));
      await checkBooks(walk.ctx);
    }),
    { numRuns: 12 },
  );
});

test('the reservation of a cart ends after its time, and its units can be sold again', async () => {
  const walk = await walkOf();
  await walk.carryOut({ do: 'hold', cart: 0, lines: [{ sku: 'lamp', quantity: 9 }] });
  expect(await heldUnits(walk.ctx)).toEqual(
    new Map([
      ['W0 lamp', 8],
      ['W1 lamp', 1],
    ]),
  );
  await walk.carryOut({ do: 'abandon', cart: 0 });
  expect(await heldUnits(walk.ctx)).toEqual(new Map());
  await checkBooks(walk.ctx);
});

test('the role that serves requests cannot rewrite the ledger', async () => {
  const { ctx } = await walkOf();
  const attempt = (change: Promise<unknown>) => expect(change).rejects.toThrow('permission denied');
  await attempt(
    inventory.unitOfWork.run(ctx, ({ db }) => db.updateTable('stock_movement').set({ on_hand_delta: 1 }).execute()),
  );
  await attempt(inventory.unitOfWork.run(ctx, ({ db }) => db.deleteFrom('stock_movement').execute()));
});
