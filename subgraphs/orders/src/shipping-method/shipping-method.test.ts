import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { RequestContext } from '@souk/kit/context';
import { aClerk, aShopper, startOrders, type OrdersProcess } from '../testing/orders-process.ts';

const METHOD = `
  id version code name countryCodes sortOrder active
  prices { price { amount currencyCode } freeFrom { amount } minSubtotal { amount } maxSubtotal { amount } }`;
const CREATE = `mutation ($input: ShippingMethodCreateInput!) {
  shippingMethodCreate(input: $input) { shippingMethod { ${METHOD} } userErrors { code field } } }`;
const UPDATE = `mutation ($input: ShippingMethodUpdateInput!) {
  shippingMethodUpdate(input: $input) { shippingMethod { ${METHOD} } userErrors { code field } } }`;
const LIST = `query ($first: Int!, $after: String) {
  shippingMethods(first: $first, after: $after) { nodes { ${METHOD} } pageInfo { hasNextPage endCursor } } }`;
const EURO = { currencyCode: 'EUR', price: '4.90' };

let shop: OrdersProcess;
let owner: RequestContext;
beforeAll(async () => void (shop = await startOrders()));
afterAll(() => shop.stop());
beforeEach(() => void (owner = aClerk(randomUUID(), ['settings:write'])));

const create = async (input: object) =>
  (await shop.run(owner, CREATE, { input: { code: 'standard', name: 'Standard', prices: [EURO], ...input } }))[
    'shippingMethodCreate'
  ];
const update = async (input: object) => (await shop.run(owner, UPDATE, { input }))['shippingMethodUpdate'];
const list = async (first: number, after?: string) =>
  (await shop.run(owner, LIST, { first, after }))['shippingMethods'];

test('staff set up a shipping method, and change what they name', async () => {
  const prices = [
    { ...EURO, freeFrom: '50', minSubtotal: '1', maxSubtotal: '100.50' },
    { currencyCode: 'JPY', price: '700' },
  ];
  const { shippingMethod } = await create({ countryCodes: ['DE', 'at', 'DE'], prices });
  expect(shippingMethod).toMatchObject({ version: 1, countryCodes: ['AT', 'DE'], active: true, sortOrder: 0 });
  const [euros, yen] = shippingMethod.prices;
  expect(euros).toMatchObject({
    price: { amount: '4.90' },
    freeFrom: { amount: '50.00' },
    maxSubtotal: { amount: '100.50' },
  });
  expect(yen).toMatchObject({ price: { amount: '700', currencyCode: 'JPY' }, freeFrom: null });

  const changed = await update({ id: shippingMethod.id, active: false, countryCodes: [], expectedVersion: 1 });
  expect(changed.shippingMethod).toEqual({ ...shippingMethod, version: 2, active: false, countryCodes: [] });
  expect((await list(10)).nodes).toEqual([changed.shippingMethod]);
});

test('the list is in the order that buyers see, page by page', async () => {
  for (const [code, sortOrder] of [
    ['c', 3],
    ['a', 1],
    ['b', 2],
  ] as const)
    await create({ code, sortOrder });
  const first = await list(2);
  expect(first).toMatchObject({ nodes: [{ code: 'a' }, { code: 'b' }], pageInfo: { hasNextPage: true } });
  expect(await list(2, first.pageInfo.endCursor)).toMatchObject({
    nodes: [{ code: 'c' }],
    pageInfo: { hasNextPage: false },
  });
});

test('a code that is taken, a stale version and amounts that make no sense are refused', async () => {
  const { shippingMethod } = await create({});
  expect((await create({})).userErrors).toEqual([{ code: 'CODE_TAKEN', field: ['code'] }]);
  const stale = await update({ id: shippingMethod.id, name: 'New', expectedVersion: 7 });
  expect(stale.userErrors).toEqual([{ code: 'VERSION_CONFLICT', field: ['expectedVersion'] }]);
  expect((await update({ id: randomUUID() })).userErrors).toEqual([{ code: 'NOT_FOUND', field: ['id'] }]);
  const bad = [
    { price: '4.999' },
    { price: '-1' },
    { price: '99999999999999' },
    { minSubtotal: '2', maxSubtotal: '1' },
  ];
  for (const values of bad)
    expect((await create({ code: 'bad', prices: [{ ...EURO, ...values }] })).userErrors).toMatchObject([
      { code: 'INVALID_INPUT' },
    ]);
  expect((await create({ code: 'bad', prices: [EURO, EURO] })).userErrors).toEqual([
    { code: 'INVALID_INPUT', field: ['prices', '1', 'currencyCode'] },
  ]);
});

test('importing twice leaves one method of each code, as it was imported last', async () => {
  const draft = { code: 'post', name: 'Post', countryCodes: ['DE'], prices: [EURO] };
  await shop.services.importShippingMethods(owner, [draft]);
  await shop.services.importShippingMethods(owner, [{ ...draft, name: 'Mail', countryCodes: ['FR'], prices: [] }]);
  expect((await list(10)).nodes).toMatchObject([{ code: 'post', name: 'Mail', countryCodes: ['FR'], prices: [] }]);
});

test('a shopper and staff without the scope see and change nothing', async () => {
  const code = async (context: RequestContext) =>
    (await shop.execute(context, LIST, { first: 1 })).errors?.[0]?.extensions['code'];
  expect(await code(aShopper(owner.tenantId))).toBe('UNAUTHENTICATED');
  expect(await code(aClerk(owner.tenantId, ['orders:read']))).toBe('FORBIDDEN');
});
