import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { recordQueries, startTestSubgraph, testActors, until, type TestSubgraph } from '@souk/kit/testing';
import { KnownSkus } from '@souk/catalog/contract';
import type { RequestContext } from '@souk/kit/context';
import { handleCommand } from '@souk/kit/contracts';
import { CommitStock, NameWarehouses, ReserveStock } from './contract.ts';
import { inventory, type InventoryServices } from './index.ts';

let running: TestSubgraph<InventoryServices>;
const { staff, shopper, system, staffWith } = testActors(['stock:read', 'stock:write']);

beforeAll(async () => {
  const commands = [
    handleCommand(KnownSkus, async (_ctx, { skus }) => ({ skus: skus.filter((sku) => sku.startsWith('NEW')) })),
  ];
  running = await startTestSubgraph(inventory, { settings: { sweepEveryMs: 20 }, commands });
  running.run();
  const levels = Array.from({ length: 120 }, (_, index) => ({ sku: `S${index}`, warehouseCode: 'BER', onHand: index }));
  await running.services.importStock(system, {
    warehouses: [
      { code: 'BER', name: 'Berlin', address: { city: 'Berlin', countryCode: 'DE' } },
      { code: 'PAR', name: 'Paris', address: { countryCode: 'FR' }, priority: 1 },
    ],
    levels: [...levels, { sku: 'S5', warehouseCode: 'PAR', onHand: 10 }],
  });
});
afterAll(() => running.close());

const run = (query: string, variables?: Record<string, unknown>, ctx: RequestContext = staff) =>
  running.execute(ctx, query, variables);
/** Runs an operation that must succeed. @returns its data */
// oxlint-disable-next-line typescript/no-explicit-any -- tests read answers of many shapes
const data = (query: string, variables?: Record<string, unknown>, ctx: RequestContext = staff): Promise<any> =>
  running.query(ctx, query, variables);
async function warehouseId(code: string): Promise<string> {
  const { warehouses } = await data(WAREHOUSES);
  return warehouses.nodes.find((warehouse: { code: string }) => warehouse.code === code).id;
}

const WAREHOUSES = 'query Warehouses { warehouses(first: 50) { nodes { id code name } } }';
const ADJUST = `mutation StockAdjust($input: StockAdjustInput!) {
  stockAdjust(input: $input) {
    stockLevel { warehouse { id code } onHand reserved available }
    userErrors { __typename code message field ... on StockBelowReservedError { onHand reserved } }
  }
}`;
const VARIANTS = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on ProductVariant { sku availability { inStock quantity } } }
}`;
const variants = (skus: string[]) => ({ representations: skus.map((sku) => ({ __typename: 'ProductVariant', sku })) });

async function reserve(sku: string, quantity: number, expiresInSeconds = 900) {
  const [reservationId, orderId] = [randomUUID(), randomUUID()];
  const request = { reservationId, orderId, lines: [{ sku, quantity }], expiresInSeconds };
  expect(await running.commands.send(shopper, ReserveStock, request)).toMatchObject({ ok: true });
  return { reservationId, orderId };
}

describe('availability', () => {
  test('is the sum over the warehouses, open to every caller, and 0 for a SKU without stock', async () => {
    expect((await data(VARIANTS, variants(['S5', 'S0', 'nothing']), shopper))._entities).toEqual([
      { sku: 'S5', availability: { inStock: true, quantity: 15 } },
      { sku: 'S0', availability: { inStock: false, quantity: 0 } },
      { sku: 'nothing', availability: { inStock: false, quantity: 0 } },
    ]);
  });

  test('of 120 variants takes one statement', async () => {
    const skus = Array.from({ length: 120 }, (_, index) => `S${index}`);
    const { result, statements } = await recordQueries(() => run(VARIANTS, variants(skus), shopper));
    expect(result.errors).toBeUndefined();
    expect(statements).toEqual([expect.stringContaining('unnest(')]);
  });

  test('increases when a reservation expires', async () => {
    const available = async () => (await data(VARIANTS, variants(['S40'])))._entities[0].availability.quantity;
    await reserve('S40', 15, 1);
    expect(await available()).toBe(25);
    expect(await until(async () => (await available()) === 40)).toBe(true);
  });
});

describe('staff', () => {
  test('see the warehouses in the order of their priority', async () => {
    expect((await data(WAREHOUSES)).warehouses.nodes).toMatchObject([
      { code: 'BER', name: 'Berlin' },
      { code: 'PAR', name: 'Paris' },
    ]);
  });

  test('can set stock and read the level', async () => {
    const input = { sku: 'S7', warehouseId: await warehouseId('PAR'), setOnHand: 50, reason: 'counted' };
    expect((await data(ADJUST, { input })).stockAdjust).toEqual({
      stockLevel: { warehouse: { id: input.warehouseId, code: 'PAR' }, onHand: 50, reserved: 0, available: 50 },
      userErrors: [],
    });
  });

  test('can set stock only at the expected version, and a missing level has version 0', async () => {
    const source = `mutation ($input: StockAdjustInput!) { stockAdjust(input: $input) {
      stockLevel { onHand version } userErrors { __typename code field ... on VersionConflictError { currentVersion } } } }`;
    const level = { sku: 'NEW-counted-twice', warehouseId: await warehouseId('PAR'), reason: 'counted' };
    const adjust = async (setOnHand: number, expectedVersion: number) =>
      (await data(source, { input: { ...level, setOnHand, expectedVersion } })).stockAdjust;
    const conflict = (currentVersion: number) => ({
      stockLevel: null,
      userErrors: [
        { __typename: 'VersionConflictError', code: 'VERSION_CONFLICT', field: ['expectedVersion'], currentVersion },
      ],
    });
    expect(await adjust(5, 1)).toEqual(conflict(0));
    const { stockLevel } = await adjust(5, 0);
    expect(stockLevel.onHand).toBe(5);
    expect(await adjust(6, 0)).toEqual(conflict(stockLevel.version));
    const next = { onHand: 7, version: stockLevel.version + 1 };
    expect(await adjust(7, stockLevel.version)).toEqual({ stockLevel: next, userErrors: [] });
  });

  test('cannot remove reserved units, and the refusal states the possible quantity', async () => {
    await reserve('S30', 4);
    const input = { sku: 'S30', warehouseId: await warehouseId('BER'), setOnHand: 3, reason: 'lost' };
    expect((await data(ADJUST, { input })).stockAdjust).toEqual({
      stockLevel: null,
      userErrors: [
        {
          __typename: 'StockBelowReservedError',
          code: 'STOCK_BELOW_RESERVED',
          message: '4 of 30 units are reserved: setOnHand can be 4 at the lowest',
          field: ['setOnHand'],
          onHand: 30,
          reserved: 4,
        },
      ],
    });
  });

  test.each([
    [{ warehouseId: randomUUID(), delta: 1 }, 'NOT_FOUND', ['warehouseId']],
    [{ delta: 1, setOnHand: 2 }, 'INVALID_INPUT', ['delta']],
    [{}, 'INVALID_INPUT', ['delta']],
    [{ delta: 1, sku: '' }, 'INVALID_INPUT', ['sku']],
    [{ delta: 1, sku: 'x'.repeat(65) }, 'INVALID_INPUT', ['sku']],
    [{ setOnHand: 1_000_000_001 }, 'INVALID_INPUT', ['setOnHand']],
    [{ delta: 1, reason: '' }, 'INVALID_INPUT', ['reason']],
    [{ delta: 1, warehouseId: 'here' }, 'INVALID_INPUT', ['warehouseId']],
  ])('an adjustment by %j is refused as %s', async (change, code, field) => {
    const input = { sku: 'S1', warehouseId: await warehouseId('BER'), reason: 'x', ...change };
    expect((await data(ADJUST, { input })).stockAdjust).toMatchObject({
      stockLevel: null,
      userErrors: [{ code, field }],
    });
  });

  test('the same idempotency key adjusts once', async () => {
    const input = {
      sku: 'S8',
      warehouseId: await warehouseId('BER'),
      delta: 5,
      reason: 'found',
      idempotencyKey: randomUUID(),
    };
    const first = await data(ADJUST, { input });
    expect(first.stockAdjust.stockLevel.onHand).toBe(13);
    expect(await data(ADJUST, { input })).toEqual(first);
    const { stockAdjust } = await data(ADJUST, { input: { ...input, delta: 6 } });
    expect(stockAdjust.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
  });

  test('can read the ledger of a SKU, newest first, page by page', async () => {
    const { reservationId, orderId } = await reserve('S20', 2);
    await running.commands.send(shopper, CommitStock, { reservationId });
    await data(ADJUST, { input: { sku: 'S20', warehouseId: await warehouseId('BER'), delta: 1, reason: 'found one' } });
    const query = `query ($after: String) { stockMovements(filter: { sku: "S20" }, first: 2, after: $after) {
      nodes { kind onHandDelta reservedDelta reason reservationId orderId actorId warehouse { code } } pageInfo { endCursor hasNextPage } } }`;
    const first = (await data(query)).stockMovements;
    const second = (await data(query, { after: first.pageInfo.endCursor })).stockMovements;
    const actorId = staff.actor.kind === 'user' ? staff.actor.userId : null;
    expect([...first.nodes, ...second.nodes]).toMatchObject([
      { kind: 'ADJUSTED', onHandDelta: 1, reservedDelta: 0, reason: 'found one', actorId, warehouse: { code: 'BER' } },
      { kind: 'COMMITTED', onHandDelta: -2, reservedDelta: -2, reservationId, orderId, actorId: null },
      { kind: 'RESERVED', onHandDelta: 0, reservedDelta: 2, reservationId, orderId },
      { kind: 'RECEIVED', onHandDelta: 20, reservedDelta: 0, reservationId: null },
    ]);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
  });

  test('can list stock levels by SKU and by warehouse, in four round trips', async () => {
    const query = `query ($filter: StockFilterInput) { stockLevels(filter: $filter, first: 200) { nodes { sku onHand warehouse { code } } } }`;
    expect((await data(query, { filter: { sku: 'S5' } })).stockLevels.nodes).toHaveLength(2);
    const paris = await data(query, { filter: { warehouseId: await warehouseId('PAR') } });
    expect(
      new Set(paris.stockLevels.nodes.map((node: { warehouse: { code: string } }) => node.warehouse.code)),
    ).toEqual(new Set(['PAR']));
    const { statements } = await recordQueries(() => run(query));
    expect(statements).toHaveLength(4);
  });

  test('can read the stock levels of variants and the reservations of orders', async () => {
    const { reservationId, orderId } = await reserve('S5', 6);
    const { _entities } = await data(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) {
        ... on ProductVariant { stockLevels { onHand reserved warehouse { code priority } } }
        ... on Order { reservations { id status lines { sku quantity warehouse { code } } } } } }`,
      {
        representations: [
          { __typename: 'ProductVariant', sku: 'S5' },
          { __typename: 'Order', id: orderId },
        ],
      },
    );
    expect(_entities[0].stockLevels).toEqual(
      expect.arrayContaining([
        { onHand: 5, reserved: 0, warehouse: { code: 'BER', priority: 0 } },
        { onHand: 10, reserved: 6, warehouse: { code: 'PAR', priority: 1 } },
      ]),
    );
    expect(_entities[1].reservations).toEqual([
      { id: reservationId, status: 'HELD', lines: [{ sku: 'S5', quantity: 6, warehouse: { code: 'PAR' } }] },
    ]);
  });
});

describe('a stranger', () => {
  test.each([
    WAREHOUSES,
    '{ stockLevels { nodes { id } } }',
    '{ stockMovements { nodes { id } } }',
    `{ warehouse(id: "${randomUUID()}") { id } }`,
  ])('cannot ask %s', async (query) => {
    const { errors, data: nothing } = await run(query, {}, shopper);
    expect(errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    expect(Object.values(nothing ?? {})).toEqual([null]);
  });

  test('cannot change stock', async () => {
    const input = { sku: 'S1', warehouseId: await warehouseId('BER'), delta: 1, reason: 'x' };
    expect((await run(ADJUST, { input }, shopper)).errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    const clerk = staffWith('stock:read');
    expect((await run(ADJUST, { input }, clerk)).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });

  test('reach no warehouse by a reference, not even without `stock:read` as staff; orders names its own', async () => {
    const id = await warehouseId('BER');
    const referenced = (ctx: typeof shopper, fields: string) =>
      run(
        `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Warehouse { ${fields} } } }`,
        { r: [id, randomUUID()].map((each) => ({ __typename: 'Warehouse', id: each })) },
        ctx,
      );
    for (const caller of [shopper, staffWith('orders:read')])
      expect(await referenced(caller, 'code')).toEqual({ data: { _entities: [null, null] } });
    const { data: found } = await referenced(staff, 'code name address { countryCode }');
    expect(found?.['_entities']).toEqual([{ code: 'BER', name: 'Berlin', address: { countryCode: 'DE' } }, null]);
    const named = await running.commands.send(shopper, NameWarehouses, { ids: [id, randomUUID()] });
    expect(named).toEqual({ warehouses: [{ id, code: 'BER', name: 'Berlin' }] });
  });
});

describe('stock of a SKU', () => {
  const adjust = async (sku: string, more: object = {}) => {
    const input = { sku, warehouseId: await warehouseId('BER'), setOnHand: 1, reason: 'counted', ...more };
    const document = `mutation ($input: StockAdjustInput!) {
      stockAdjust(input: $input) { stockLevel { sku onHand } userErrors { code field } } }`;
    return (await data(document, { input })).stockAdjust;
  };

  test('can be created when the catalog has a variant with the SKU, and is stored in canonical form', async () => {
    expect(await adjust(' NEW\u00A01 ')).toEqual({ stockLevel: { sku: 'NEW 1', onHand: 1 }, userErrors: [] });
  });

  test('cannot be created for an unknown SKU, unless the input allows it', async () => {
    const refused = { stockLevel: null, userErrors: [{ code: 'SKU_UNKNOWN', field: ['sku'] }] };
    expect(await adjust('TYPO-1')).toEqual(refused);
    expect(await adjust('TYPO-1')).toEqual(refused); // the refusal wrote nothing
    expect(await adjust('TYPO-1', { allowUnknownSku: true })).toMatchObject({ userErrors: [] });
    expect(await adjust('TYPO-1', { setOnHand: 2 })).toMatchObject({ stockLevel: { onHand: 2 } });
  });

  test('is refused for a SKU with invisible characters', async () => {
    expect(await adjust('NEW\u200B', { allowUnknownSku: true })).toEqual({
      stockLevel: null,
      userErrors: [{ code: 'INVALID_INPUT', field: ['sku'] }],
    });
  });
});
