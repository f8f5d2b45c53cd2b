import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { systemContext, type RequestContext } from '@souk/kit/context';
import { recordQueries, testActors } from '@souk/kit/testing';
import { startOrders, type OrdersProcess } from '../testing/orders-process.ts';

const CART = `
  id version status
  lines { id quantity sku name variantId unitPrice { amount currencyCode } total { amount } }
  shippingMethods { id code price { amount } }
  shippingMethod { code }
  totals { subtotal { amount } discount { amount } shipping { amount } tax { amount } total { amount } }`;
const mutation = (name: string, input: string) => `
  mutation ($input: ${input}!) {
    ${name}(input: $input) { cart { ${CART} } userErrors { __typename code message field ... on VersionConflictError { currentVersion } } }
  }`;
const DOCUMENTS = {
  cartCreate: mutation('cartCreate', 'CartCreateInput'),
  cartLinesAdd: mutation('cartLinesAdd', 'CartLinesAddInput'),
  cartLinesUpdate: mutation('cartLinesUpdate', 'CartLinesUpdateInput'),
  cartLinesRemove: mutation('cartLinesRemove', 'CartLinesRemoveInput'),
  cartAddressSet: mutation('cartAddressSet', 'CartAddressSetInput'),
  cartShippingMethodSet: mutation('cartShippingMethodSet', 'CartShippingMethodSetInput'),
};
const SHOW = `query ($id: ID!) { cart(id: $id) { ${CART} } }`;
const ADDRESS = { name: 'A Buyer', line1: 'Main Street 1', city: 'Berlin', postalCode: '10115', countryCode: 'DE' };

let shop: OrdersProcess;
let shopper: RequestContext;
beforeAll(async () => void (shop = await startOrders()));
afterAll(() => shop.close());
beforeEach(() => void (shopper = testActors([]).shopper));

async function change(name: keyof typeof DOCUMENTS, input: object) {
  return (await shop.query(shopper, DOCUMENTS[name], { input }))[name];
}

async function openCart(variantIds: readonly string[], quantity = 1) {
  const lines = variantIds.map((variantId) => ({ variantId, quantity }));
  const { cart, userErrors } = await change('cartCreate', { lines });
  expect(userErrors).toEqual([]);
  return cart;
}

const show = async (id: string) => (await shop.query(shopper, SHOW, { id }))['cart'];
const setAddress = (cartId: string) =>
  change('cartAddressSet', { cartId, email: 'buyer@example.test', shippingAddress: ADDRESS });

/** Sets a tax of 19 % in Germany, standard shipping to Germany, and express shipping everywhere for carts of at least 50 euros. */
async function setUpShipping() {
  const owner = systemContext(shopper.tenantId, 'test', 'test');
  const price = { currencyCode: 'EUR', price: '4.90', freeFrom: '100' };
  await shop.services.importTaxRates(owner, [{ countryCode: 'DE', basisPoints: 1900 }]);
  await shop.services.importShippingMethods(owner, [
    { code: 'express', name: 'Express', countryCodes: [], prices: [{ ...price, minSubtotal: '50' }], sortOrder: 2 },
    { code: 'standard', name: 'Standard', countryCodes: ['DE', 'AT'], prices: [price], sortOrder: 1 },
    { code: 'abroad', name: 'Abroad', countryCodes: ['FR'], prices: [price] },
  ]);
}

test('a guest opens a cart and reads it back, with the id of the variant for the catalog', async () => {
  const variantId = shop.catalog.sell({ sku: 'TEA', productName: 'Tea', unitPrice: '19.9' });
  const cart = await openCart([variantId], 2);
  expect(cart).toMatchObject({ version: 1, status: 'ACTIVE', shippingMethods: [] });
  expect(cart.lines).toEqual([
    {
      id: cart.lines[0].id,
      quantity: 2,
      sku: 'TEA',
      name: 'Tea',
      variantId: variantId,
      unitPrice: { amount: '19.90', currencyCode: 'EUR' },
      total: { amount: '39.80' },
    },
  ]);
  expect(cart.totals.total.amount).toBe('39.80');
  expect(await show(cart.id)).toEqual(cart);
});

test("a cart can be opened without lines, and in the buyer's or the shop's currency", async () => {
  await shop.services.setOrderSettings(systemContext(shopper.tenantId, 'test', 'test'), {
    defaultCurrency: 'JPY',
    capturePolicy: 'MANUAL',
    numberPrefix: 'S',
  });
  expect((await change('cartCreate', {})).cart.totals.total.amount).toBe('0');
  expect((await change('cartCreate', { currencyCode: 'KWD' })).cart.totals.total.amount).toBe('0.000');
});

test('lines are added, changed and removed', async () => {
  const [tea, cup] = [shop.catalog.sell({ sku: 'TEA' }), shop.catalog.sell({ sku: 'CUP' })];
  const { id: cartId } = await openCart([tea]);
  let { cart } = await change('cartLinesAdd', { cartId, lines: [{ variantId: cup, quantity: 3 }] });
  const [first, second] = cart.lines;
  ({ cart } = await change('cartLinesUpdate', { cartId, lines: [{ lineId: first.id, quantity: 5 }] }));
  expect(cart).toMatchObject({
    version: 3,
    lines: [
      { sku: 'TEA', quantity: 5 },
      { sku: 'CUP', quantity: 3 },
    ],
  });
  ({ cart } = await change('cartLinesUpdate', { cartId, lines: [{ lineId: first.id, quantity: 0 }] }));
  expect(cart.lines).toMatchObject([{ sku: 'CUP' }]);
  ({ cart } = await change('cartLinesRemove', { cartId, lineIds: [second.id] }));
  expect(cart).toMatchObject({ version: 5, lines: [] });
  expect(await show(cartId)).toEqual(cart);
});

test('refused changes name the field and leave the cart as it was', async () => {
  const tea = shop.catalog.sell();
  const { id: cartId } = await openCart([tea]);
  const add = (variantId: string, quantity: number) =>
    change('cartLinesAdd', {
      cartId,
      lines: [
        { variantId: tea, quantity: 1 },
        { variantId, quantity },
      ],
    });
  expect((await add(randomUUID(), 1)).userErrors).toMatchObject([
    { __typename: 'GeneralUserError', code: 'VARIANT_NOT_FOUND', field: ['lines', '1', 'variantId'] },
  ]);
  expect((await add(tea, 0)).userErrors).toMatchObject([{ field: ['lines', '1', 'quantity'] }]);
  expect((await add('none', 1)).userErrors).toMatchObject([{ field: ['lines', '1', 'variantId'] }]);
  const gone = await change('cartLinesAdd', { cartId: randomUUID(), lines: [] });
  expect(gone).toMatchObject({ cart: null, userErrors: [{ code: 'NOT_FOUND', field: ['cartId'] }] });
  expect(await show(cartId)).toMatchObject({ version: 1, lines: [{ quantity: 1 }] });
});

test('a change reprices the whole cart, and a read sends no command', async () => {
  const [tea, cup] = [shop.catalog.sell(), shop.catalog.sell()];
  const { id: cartId } = await openCart([tea]);
  shop.catalog.sell({ variantId: tea, unitPrice: '12.50' });
  const asked = shop.catalog.asked;
  expect((await show(cartId)).lines).toMatchObject([{ unitPrice: { amount: '10.00' } }]);
  expect(shop.catalog.asked).toBe(asked);
  const { cart } = await change('cartLinesAdd', { cartId, lines: [{ variantId: cup, quantity: 1 }] });
  expect(cart.lines).toMatchObject([{ unitPrice: { amount: '12.50' } }, { unitPrice: { amount: '10.00' } }]);
});

test('a variant that left the catalog stays visible and does not block the others', async () => {
  const [old, cup] = [shop.catalog.sell({ sku: 'OLD' }), shop.catalog.sell({ sku: 'CUP' })];
  const { id: cartId } = await openCart([old]);
  shop.catalog.withdraw(old);
  const { cart } = await change('cartLinesAdd', { cartId, lines: [{ variantId: cup, quantity: 1 }] });
  expect(cart.lines).toMatchObject([{ sku: 'OLD' }, { sku: 'CUP' }]);
});

test('while the catalog is down, carts can be read and changes of lines are refused', async () => {
  const { id: cartId } = await openCart([shop.catalog.sell()]);
  shop.catalog.isDown = true;
  try {
    const { userErrors } = await change('cartLinesUpdate', { cartId, lines: [] });
    expect(userErrors).toMatchObject([{ code: 'SERVICE_UNAVAILABLE' }]);
    expect(await show(cartId)).toMatchObject({ lines: [{ quantity: 1 }] });
  } finally {
    shop.catalog.isDown = false;
  }
});

test('the address decides tax and shipping methods', async () => {
  await setUpShipping();
  const { id: cartId } = await openCart([shop.catalog.sell({ unitPrice: '11.90' })]);
  const { cart } = await setAddress(cartId);
  expect(cart.shippingMethods).toMatchObject([{ code: 'standard', price: { amount: '4.90' } }]);
  expect(cart.totals).toMatchObject({ tax: { amount: '1.90' }, shipping: { amount: '0.00' } });
  const chosen = await change('cartShippingMethodSet', { cartId, shippingMethodId: cart.shippingMethods[0].id });
  expect(chosen.cart).toMatchObject({
    shippingMethod: { code: 'standard' },
    totals: { shipping: { amount: '4.90' }, tax: { amount: '2.68' }, total: { amount: '16.80' } },
  });
});

test('only an offered shipping method can be chosen, and a choice that is no longer offered is removed', async () => {
  await setUpShipping();
  const { id: cartId, lines } = await openCart([shop.catalog.sell({ unitPrice: '60.00' })], 2);
  const { shippingMethods } = (await setAddress(cartId)).cart;
  expect(shippingMethods).toMatchObject([
    { code: 'standard', price: { amount: '0.00' } },
    { code: 'express', price: { amount: '0.00' } },
  ]);
  const choose = (shippingMethodId: string) => change('cartShippingMethodSet', { cartId, shippingMethodId });
  expect((await choose(randomUUID())).userErrors).toMatchObject([{ code: 'SHIPPING_METHOD_NOT_AVAILABLE' }]);
  expect((await choose(shippingMethods[1].id)).cart.shippingMethod).toEqual({ code: 'express' });
  shop.catalog.sell({ variantId: lines[0].variantId, unitPrice: '20.00' });
  const { cart } = await change('cartLinesUpdate', { cartId, lines: [] });
  expect(cart).toMatchObject({ shippingMethod: null, totals: { shipping: { amount: '0.00' } } });
});

test('an undeliverable address is refused with the path to the field', async () => {
  const { id: cartId } = await openCart([]);
  const set = (email: string, address: object) =>
    change('cartAddressSet', { cartId, email, shippingAddress: { ...ADDRESS, ...address } });
  expect((await set('no-address', {})).userErrors).toMatchObject([{ code: 'EMAIL_INVALID', field: ['email'] }]);
  for (const bad of [{ line1: '   ' }, { line1: 'a\u0000b' }, { line1: 'x'.repeat(256) }])
    expect((await set('a@example.test', bad)).userErrors).toMatchObject([{ field: ['shippingAddress', 'line1'] }]);
});

test('a repeated key returns the first result, and an expected version guards the change', async () => {
  const tea = shop.catalog.sell();
  const { id: cartId } = await openCart([tea]);
  const input = { cartId, lines: [{ variantId: tea, quantity: 1 }], idempotencyKey: randomUUID() };
  const first = await change('cartLinesAdd', input);
  expect(await change('cartLinesAdd', input)).toEqual(first);
  const other = await change('cartLinesAdd', { ...input, lines: [] });
  expect(other.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
  const stale = await change('cartLinesAdd', { cartId, lines: [], expectedVersion: 1 });
  expect(stale.userErrors).toMatchObject([{ __typename: 'VersionConflictError', currentVersion: 2 }]);
  expect(await show(cartId)).toMatchObject({ version: 2, lines: [{ quantity: 2 }] });
});

test('concurrent changes lose nothing', async () => {
  const variants = Array.from({ length: 8 }, () => shop.catalog.sell());
  const { id: cartId } = await openCart([]);
  const adds = [...variants, ...variants].map((variantId) =>
    change('cartLinesAdd', { cartId, lines: [{ variantId, quantity: 1 }] }),
  );
  expect((await Promise.all(adds)).every(({ userErrors }) => userErrors.length === 0)).toBe(true);
  const { lines, version } = await show(cartId);
  expect(lines.map((line: { quantity: number }) => line.quantity)).toEqual(Array(8).fill(2));
  expect(version).toBe(17);
});

test('another tenant cannot find the cart', async () => {
  const { id } = await openCart([]);
  shopper = testActors([]).shopper;
  expect(await show(id)).toBeNull();
});

test('reading takes six statements, adding lines nine', async () => {
  await setUpShipping();
  const tea = shop.catalog.sell();
  const { id: cartId } = await openCart([tea]);
  await setAddress(cartId);
  const lines = [{ variantId: tea, quantity: 1 }];
  expect((await recordQueries(() => show(cartId))).statements).toHaveLength(6);
  expect((await recordQueries(() => change('cartLinesAdd', { cartId, lines }))).statements).toHaveLength(9);
});
