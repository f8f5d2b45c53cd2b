import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { RequestContext } from '@souk/kit/context';
import { testActors, type TestActors } from '@souk/kit/testing';
import { startOrders, type OrdersProcess } from '../testing/orders-process.ts';

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
let actors: TestActors;
beforeAll(async () => void (shop = await startOrders()));
afterAll(() => shop.close());
beforeEach(() => void (actors = testActors(['settings:write'])));

const create = async (input: object) =>
  (await shop.query(actors.owner, CREATE, { input: { code: 'standard', name: 'Standard', prices: [EURO], ...input } }))[
    'shippingMethodCreate'
  ];
const update = async (input: object) => (await shop.query(actors.owner, UPDATE, { input }))['shippingMethodUpdate'];
const list = async (first: number, after?: string) =>
  (await shop.query(actors.owner, LIST, { first, after }))['shippingMethods'];

test('staff create a shipping method, and an update changes the given fields only', async () => {
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

test('a taken code, a stale version and contradicting amounts are refused', async () => {
  const { shippingMethod } = await create({});
  expect((await create({})).userErrors).toEqual([{ code: 'CODE_TAKEN', field: ['code'] }]);
  const stale = await update({ id: shippingMethod.id, name: 'New', expectedVersion: 7 });
  expect(stale.userErrors).toEqual([{ code: 'VERSION_CONFLICT', field: ['expectedVersion'] }]);
  expect((await update({ id: randomUUID() })).userErrors).toEqual([{ code: 'NOT_FOUND', field: ['id'] }]);
  const bad = [
    { price: '4.999' },
    { price: '-1' },
    { price: '99999999999999' },
    { price: '1000000000000' },
    { price: '1000000000.01' },
    { freeFrom: '1000000000000' },
    { maxSubtotal: '1000000000000' },
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

const DELETE = `mutation ($input: ShippingMethodDeleteInput!) {
  shippingMethodDelete(input: $input) { deletedId shippingMethod { id active } userErrors { code field } } }`;
const remove = async (input: object) => (await shop.query(actors.owner, DELETE, { input }))['shippingMethodDelete'];

test('a shipping method can be renamed, and deleted while no cart has chosen it', async () => {
  const { id } = (await create({})).shippingMethod;
  expect((await update({ id, name: 'Parcel' })).shippingMethod).toMatchObject({ name: 'Parcel' });
  expect((await remove({ id, expectedVersion: 9 })).userErrors).toEqual([
    { code: 'VERSION_CONFLICT', field: ['expectedVersion'] },
  ]);
  expect(await remove({ id })).toEqual({ deletedId: id, shippingMethod: null, userErrors: [] });
  expect((await list(10)).nodes).toEqual([]);
  expect((await remove({ id })).userErrors).toEqual([{ code: 'NOT_FOUND', field: ['id'] }]);
  expect((await create({})).userErrors).toEqual([]);
});

/** Opens a cart with an address that every method of the test serves. */
async function openCart(): Promise<string> {
  const shopper = actors.shopper;
  const { cartCreate } = await shop.query(
    shopper,
    'mutation { cartCreate(input: { currencyCode: "EUR" }) { cart { id } } }',
  );
  const address = '{ name: "A", line1: "B 1", city: "Berlin", postalCode: "10115", countryCode: "DE" }';
  const input = `{ cartId: "${cartCreate.cart.id}", email: "a@example.test", shippingAddress: ${address} }`;
  await shop.query(shopper, `mutation { cartAddressSet(input: ${input}) { userErrors { code } } }`);
  return cartCreate.cart.id;
}
const choose = async (cartId: string, shippingMethodId: string) =>
  (
    await shop.query(
      actors.shopper,
      `mutation { cartShippingMethodSet(input: { cartId: "${cartId}", shippingMethodId: "${shippingMethodId}" }) {
         cart { shippingMethod { id } } userErrors { code } } }`,
    )
  )['cartShippingMethodSet'];

test('deleting a method that a cart has chosen deactivates it, and no buyer can choose it any more', async () => {
  const { id } = (await create({})).shippingMethod;
  const [mine, other] = [await openCart(), await openCart()];
  expect((await choose(mine, id)).userErrors).toEqual([]);
  expect(await remove({ id })).toEqual({ deletedId: null, shippingMethod: { id, active: false }, userErrors: [] });
  expect((await choose(other, id)).userErrors).toEqual([{ code: 'SHIPPING_METHOD_NOT_AVAILABLE' }]);
});

test('a method that is deleted while buyers choose it is deleted or deactivated, and no buyer gets an unexpected error', async () => {
  for (let round = 0; round < 5; round++) {
    const { id } = (await create({ code: `code-${round}` })).shippingMethod;
    const carts = await Promise.all(Array.from({ length: 4 }, openCart));
    const [removed, ...chosen] = await Promise.all([remove({ id }), ...carts.map((cartId) => choose(cartId, id))]);
    const codes = chosen.flatMap(({ userErrors }) => userErrors.map(({ code }: { code: string }) => code));
    expect(codes.every((code) => code === 'SHIPPING_METHOD_NOT_AVAILABLE')).toBe(true);
    expect(removed.deletedId === id).toBe(codes.length === carts.length);
  }
});

test('a repeated import keeps one method per code, with the settings of the last import', async () => {
  const draft = { code: 'post', name: 'Post', countryCodes: ['DE'], prices: [EURO] };
  await shop.services.importShippingMethods(actors.owner, [draft]);
  await shop.services.importShippingMethods(actors.owner, [
    { ...draft, name: 'Mail', countryCodes: ['FR'], prices: [] },
  ]);
  expect((await list(10)).nodes).toMatchObject([{ code: 'post', name: 'Mail', countryCodes: ['FR'], prices: [] }]);
});

test('a shopper and staff without the scope can neither read nor change shipping methods', async () => {
  const code = async (ctx: RequestContext) =>
    (await shop.execute(ctx, LIST, { first: 1 })).errors?.[0]?.extensions['code'];
  expect(await code(actors.shopper)).toBe('UNAUTHENTICATED');
  expect(await code(actors.staffWith('orders:read'))).toBe('FORBIDDEN');
});
