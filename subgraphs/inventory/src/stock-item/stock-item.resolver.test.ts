import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { KnownSkus } from '@souk/catalog/contract';
import type { RequestContext } from '@souk/kit/context';
import { handleCommand } from '@souk/kit/contracts';
import { startTestSubgraph, testActors, type TestSubgraph } from '@souk/kit/testing';
import {
  CheckStock,
  CommitStock,
  HoldCartStock,
  ReleaseStock,
  ReserveStock,
  RestockSold,
  type StockAllocation,
} from '../contract.ts';
import { inventory, type InventoryServices } from '../index.ts';
import type { StockMode } from './stock-item.ts';

let running: TestSubgraph<InventoryServices>;

beforeAll(async () => {
  const commands = [
    handleCommand(KnownSkus, async (_ctx, { skus }) => ({ skus: skus.filter((sku) => sku !== 'TYPO') })),
  ];
  running = await startTestSubgraph(inventory, { settings: {}, commands });
});
afterAll(() => running.close());

/** The data of a result without errors. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests read answers of many shapes
const query = (ctx: RequestContext, source: string, variables?: Record<string, unknown>): Promise<any> =>
  running.query(ctx, source, variables);

const SET = `mutation ($input: StockItemSetInput!) { stockItemSet(input: $input) {
  stockItem { sku mode cartHoldSeconds version } userErrors { code field } } }`;

/** A shop with one warehouse and one SKU. */
class Shop {
  readonly staff: RequestContext;
  readonly shopper: RequestContext;

  private constructor(actors: ReturnType<typeof testActors>) {
    this.staff = actors.staff;
    this.shopper = actors.shopper;
  }

  static async open(onHand: number, settings: object = {}): Promise<Shop> {
    const actors = testActors(['stock:read', 'stock:write'], randomUUID());
    await running.services.importStock(actors.system, {
      warehouses: [{ code: 'BER', name: 'Berlin', address: { countryCode: 'DE' }, priority: 0 }],
      levels: [{ warehouseCode: 'BER', sku: 'LAMP', onHand }],
    });
    await running.services.importStockItems(actors.system, [{ sku: 'LAMP', ...settings }]);
    return new Shop(actors);
  }

  /** The units of the SKU as `[onHand, reserved]`. */
  async units(): Promise<[number, number]> {
    const { stockLevels } = await query(this.staff, '{ stockLevels { nodes { onHand reserved } } }');
    const [{ onHand, reserved }] = stockLevels.nodes;
    return [onHand, reserved];
  }

  async available(cartId?: string): Promise<number | undefined> {
    const request = { skus: ['LAMP'], ...(cartId && { cartId }) };
    return (await running.commands.send(this.shopper, CheckStock, request)).available[0]?.available;
  }

  async hold(cartId: string, cartVersion: number, quantity: number): Promise<number> {
    const lines = quantity === 0 ? [] : [{ sku: 'LAMP', quantity }];
    const { held } = await running.commands.send(this.shopper, HoldCartStock, { cartId, cartVersion, lines });
    return held[0]?.quantity ?? 0;
  }

  async reserve(quantity: number, more: { cartId?: string; reservationId?: string; orderId?: string } = {}) {
    const ids = { reservationId: randomUUID(), orderId: randomUUID(), ...more };
    const lines = [{ sku: 'LAMP', quantity }];
    const reply = await running.commands.send(this.shopper, ReserveStock, { ...ids, lines, expiresInSeconds: 900 });
    return { ...ids, reply, allocations: reply.ok ? reply.value.allocations : [] };
  }

  async sell(quantity: number) {
    const reserved = await this.reserve(quantity);
    const { reservationId } = reserved;
    expect(await running.commands.send(this.shopper, CommitStock, { reservationId })).toMatchObject({ ok: true });
    return reserved;
  }

  restock(orderId: string, lines: StockAllocation[]) {
    const request = { restockId: randomUUID(), orderId, lines, reason: 'canceled' };
    return running.commands.send(this.shopper, RestockSold, request);
  }
}

test('staff set how a SKU is sold, and omitted fields keep their value', async () => {
  const { staff } = await Shop.open(1);
  const set = async (input: object) => (await query(staff, SET, { input })).stockItemSet;
  const first = { sku: 'SHADE', mode: 'RESERVE_ON_CART', cartHoldSeconds: 900, version: 1 };
  expect(await set({ sku: 'SHADE', mode: 'RESERVE_ON_CART', expectedVersion: 0 })).toEqual({
    stockItem: first,
    userErrors: [],
  });
  const second = { ...first, cartHoldSeconds: 60, version: 2 };
  expect(await set({ sku: 'SHADE', cartHoldSeconds: 60 })).toEqual({ stockItem: second, userErrors: [] });
  expect(await set({ sku: 'SHADE', mode: 'NONE', expectedVersion: 1 })).toMatchObject({
    stockItem: null,
    userErrors: [{ code: 'VERSION_CONFLICT' }],
  });
  expect(await set({ sku: 'TYPO', mode: 'NONE' })).toMatchObject({ userErrors: [{ code: 'SKU_UNKNOWN' }] });
  const { stockItems } = await query(staff, '{ stockItems(filter: { mode: RESERVE_ON_CART }) { nodes { sku } } }');
  expect(stockItems.nodes).toEqual([{ sku: 'SHADE' }]);
});

test('a caller without the scopes neither reads nor sets how a SKU is sold', async () => {
  const { shopper } = await Shop.open(1);
  const read = await running.execute(shopper, '{ stockItems { nodes { sku } } }');
  expect(read.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  const written = await running.execute(shopper, SET, { input: { sku: 'LAMP', mode: 'NONE' } });
  expect(written.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
});

test.each<[StockMode, number, number]>([
  ['NONE', 3, 3],
  ['TRACK_ONLY', 3, 0],
])('the mode %s sells more than there is, and the count goes from %i to %i', async (mode, onHand, left) => {
  const shop = await Shop.open(onHand, { mode });
  const sold = await shop.sell(5);
  expect(sold.allocations).toMatchObject([{ sku: 'LAMP', quantity: 5 }]);
  expect(await shop.units()).toEqual([left, 0]);
  expect(await shop.available()).toBe(2_147_483_647);
  const warehouseId = sold.allocations[0]?.warehouseId ?? '';
  // The order returns the units that it took, and no more.
  await shop.restock(sold.orderId, [{ sku: 'LAMP', warehouseId, quantity: 4 }]);
  await shop.restock(sold.orderId, [{ sku: 'LAMP', warehouseId, quantity: 1 }]);
  expect(await shop.units()).toEqual([onHand, 0]);
});

test('a repeated reservation of a SKU that is not limited gets the same units', async () => {
  const shop = await Shop.open(2, { mode: 'TRACK_ONLY' });
  const first = await shop.reserve(5);
  const { reservationId, orderId } = first;
  expect((await shop.reserve(5, { reservationId, orderId })).reply).toEqual(first.reply);
});

test('the public availability says that the sale is not limited', async () => {
  const { shopper } = await Shop.open(0, { mode: 'NONE' });
  const { _entities } = await query(
    shopper,
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on ProductVariant { availability { inStock quantity limited } } } }',
    { r: [{ __typename: 'ProductVariant', sku: 'LAMP' }] },
  );
  expect(_entities).toEqual([{ availability: { inStock: true, quantity: 2_147_483_647, limited: false } }]);
});

test('a cart reserves its units from the first line on, and other buyers find fewer', async () => {
  const shop = await Shop.open(5, { mode: 'RESERVE_ON_CART' });
  const cartId = randomUUID();
  expect(await shop.hold(cartId, 2, 3)).toBe(3);
  expect(await shop.available()).toBe(2);
  expect(await shop.available(cartId)).toBe(5);
  expect(await shop.hold(cartId, 3, 4)).toBe(4); // counted once: 4, not 3 + 4
  expect(await shop.units()).toEqual([5, 4]);
  expect(await shop.hold(cartId, 2, 1)).toBe(4); // a late command for an earlier version
  expect(await shop.hold(randomUUID(), 2, 3)).toBe(1); // as many as there are
  expect(await shop.hold(cartId, 4, 0)).toBe(0);
  expect(await shop.units()).toEqual([5, 1]);
});

test('a change of the cart starts the time of its reservation anew', async () => {
  const shop = await Shop.open(5, { mode: 'RESERVE_ON_CART', cartHoldSeconds: 3600 });
  const cartId = randomUUID();
  const reservedUntil = async () => {
    const source = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Cart { stockReservedUntil } } }';
    const { _entities } = await query(shop.shopper, source, { r: [{ __typename: 'Cart', id: cartId }] });
    return _entities[0].stockReservedUntil;
  };
  expect(await reservedUntil()).toBeNull();
  await shop.hold(cartId, 2, 1);
  const first = await reservedUntil();
  await shop.hold(cartId, 3, 1);
  expect(Date.parse(await reservedUntil())).toBeGreaterThan(Date.parse(first));
  expect(await shop.units()).toEqual([5, 1]);
});

test('the checkout takes over the units of its cart, also the last ones', async () => {
  const shop = await Shop.open(3, { mode: 'RESERVE_ON_CART' });
  const cartId = randomUUID();
  await shop.hold(cartId, 2, 3);
  expect((await shop.reserve(1)).reply).toMatchObject({ ok: false, error: { code: 'INSUFFICIENT_STOCK' } });
  const { reply, reservationId } = await shop.reserve(3, { cartId });
  expect(reply).toMatchObject({ ok: true });
  expect(await shop.units()).toEqual([3, 3]);
  expect(await shop.hold(cartId, 3, 3)).toBe(0); // the cart is being ordered
  expect(await shop.units()).toEqual([3, 3]);
  await running.commands.send(shop.shopper, ReleaseStock, { reservationId });
  expect(await shop.hold(cartId, 4, 2)).toBe(2);
});

test('a checkout that fails after its reservation gives the units back to the cart, once', async () => {
  const shop = await Shop.open(3, { mode: 'RESERVE_ON_CART' });
  const cartId = randomUUID();
  await shop.hold(cartId, 2, 3);
  const { reservationId } = await shop.reserve(3, { cartId });
  for (const _ of ['the payment is declined', 'the command is repeated'])
    await running.commands.send(shop.shopper, ReleaseStock, { reservationId });
  expect(await shop.units()).toEqual([3, 3]);
  expect(await shop.available()).toBe(0);
  expect(await shop.available(cartId)).toBe(3);
  expect((await shop.reserve(1)).reply).toMatchObject({ ok: false, error: { code: 'INSUFFICIENT_STOCK' } });
  expect((await shop.reserve(3, { cartId })).reply).toMatchObject({ ok: true });
});

test('a refused checkout leaves the units of its cart reserved', async () => {
  const shop = await Shop.open(3, { mode: 'RESERVE_ON_CART' });
  const cartId = randomUUID();
  await shop.hold(cartId, 2, 2);
  expect((await shop.reserve(4, { cartId })).reply).toMatchObject({ ok: false });
  expect(await shop.units()).toEqual([3, 2]);
});
