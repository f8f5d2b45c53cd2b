import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { UnitOfWork } from '@souk/kit/persistence';
import { recordQueries, sequentialScans } from '@souk/kit/testing';
import { entities, type OrdersUnitOfWork } from '../database.ts';
import { draftOrderExpiryJob } from './draft-order-expiry.job.ts';
import { openShop, type Shop } from '../testing/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const DRAFT = `draftOrder {
  id version status paymentPath createdBy
  cart { id isDraft email shippingMethods { id } totals { subtotal { amount } total { amount } }
         lines { sku quantity unitPrice { amount } total { amount } staffPrice { unitPrice { amount } discountPercent reason } } }
}`;

async function mutate(name: string, type: string, input: object, fields: string, ctx = shop.staff) {
  const text = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { code field } } }`;
  return (await shop.process.query(ctx, text, { input }))[name];
}
const create = (input: object) =>
  mutate('draftOrderCreate', 'DraftOrderCreateInput', { currencyCode: 'EUR', ...input }, DRAFT);
const update = (input: object) => mutate('draftOrderUpdate', 'DraftOrderUpdateInput', input, DRAFT);
const setLines = (input: object) => mutate('draftOrderLinesSet', 'DraftOrderLinesSetInput', input, DRAFT);
const complete = (input: object) =>
  mutate(
    'draftOrderComplete',
    'DraftOrderCompleteInput',
    { payment: { provider: 'TEST', token: 'tok_visa' }, ...input },
    'order { id status totals { total { amount } } }',
  );
const show = async (id: string) =>
  (await shop.process.query(shop.staff, `{ draftOrder(id: "${id}") { status paymentPath order { id } } }`)).draftOrder;

const ADDRESS = { name: 'A Buyer', line1: 'Main Street 1', city: 'Berlin', postalCode: '10115', countryCode: 'DE' };

/** Creates a draft that can be paid: one unit for 10 EUR minus 10 %, and 4.90 EUR of shipping. */
async function readyDraft() {
  const { variantId } = shop.offer(5);
  const lines = [{ variantId, quantity: 1, discountPercent: '10', priceReason: 'first order' }];
  const { draftOrder } = await create({ lines });
  const { id } = draftOrder;
  const addressed = (await update({ id, email: 'b2b@example.test', shippingAddress: ADDRESS })).draftOrder;
  const shippingMethodId = addressed.cart.shippingMethods[0].id;
  return { ...(await update({ id, shippingMethodId })).draftOrder, variantId };
}

describe('a draft order', () => {
  test('has the prices of staff with their reasons, and those of the catalog', async () => {
    const [fixed, cheaper, regular] = [shop.offer(5), shop.offer(5), shop.offer(5)];
    const { draftOrder, userErrors } = await create({
      lines: [
        { variantId: fixed.variantId, quantity: 3, unitPrice: '7.125', priceReason: 'agreed by phone' },
        { variantId: cheaper.variantId, quantity: 2, discountPercent: '12.5', priceReason: 'scratch' },
        { variantId: regular.variantId, quantity: 1 },
      ],
    });
    expect(userErrors).toEqual([]);
    expect(draftOrder).toMatchObject({ status: 'DRAFT', cart: { isDraft: true } });
    expect(draftOrder.cart.lines).toMatchObject([
      { unitPrice: { amount: '7.125' }, total: { amount: '21.38' }, staffPrice: { reason: 'agreed by phone' } },
      { unitPrice: { amount: '8.75' }, total: { amount: '17.50' }, staffPrice: { discountPercent: '12.50' } },
      { unitPrice: { amount: '10.00' }, total: { amount: '10.00' }, staffPrice: null },
    ]);
    expect(draftOrder.cart.totals.subtotal.amount).toBe('48.88');
  });

  test('is paid by its buyer through the usual checkout, at the prices of staff', async () => {
    const draft = await readyDraft();
    expect(draft.cart.totals.total.amount).toBe('13.90');
    const cartId = String(draft.paymentPath).replace('/store/checkout#cart=', '');
    const { order, userErrors } = await shop.checkout(cartId);
    expect(userErrors).toEqual([]);
    expect(order.totals.total.amount).toBe('13.90');
    expect(await show(draft.id)).toEqual({ status: 'PLACED', paymentPath: null, order: { id: order.id } });
    expect((await setLines({ id: draft.id, lines: [] })).userErrors).toMatchObject([{ code: 'DRAFT_ORDER_CLOSED' }]);
  });

  test('shows the cart of the last of several changes in one request', async () => {
    const draft = await readyDraft();
    const change = (email: string) =>
      `draftOrderUpdate(input: { id: "${draft.id}", email: "${email}" }) { draftOrder { cart { email } } }`;
    const text = `mutation { one: ${change('one@example.test')} two: ${change('two@example.test')} }`;
    const { one, two } = await shop.process.query(shop.staff, text);
    expect([one, two].map(({ draftOrder }) => draftOrder.cart.email)).toEqual(['one@example.test', 'two@example.test']);
  });

  test('is completed by staff', async () => {
    const draft = await readyDraft();
    const { order, userErrors } = await complete({ id: draft.id, expectedVersion: draft.version });
    expect(userErrors).toEqual([]);
    expect(order).toMatchObject({ totals: { total: { amount: '13.90' } } });
    expect(await show(draft.id)).toMatchObject({ status: 'PLACED', order: { id: order.id } });
  });

  test('keeps its share off the price when the catalog changes the price, and its buyer sees the change first', async () => {
    const draft = await readyDraft();
    const { sku } = draft.cart.lines[0];
    // The buyer has seen 9.00. The catalog's price becomes 20.00, which is 18.00 after the discount of 10 %.
    shop.catalog.sell({ variantId: draft.variantId, sku, unitPrice: '20.00' });
    const refused = await shop.checkout(draft.cart.id);
    expect(refused.userErrors).toMatchObject([{ code: 'PRICE_CHANGED', unitPrice: { amount: '18.00' } }]);
    const { order } = await shop.checkout(draft.cart.id);
    expect(order).toMatchObject({ totals: { total: { amount: '22.90' } }, lines: [{ sku }] });
  });

  test('has lines and codes that its buyer cannot change', async () => {
    const { cart, variantId } = await readyDraft();
    const changes: [string, string, object][] = [
      ['cartLinesAdd', 'CartLinesAddInput', { lines: [{ variantId, quantity: 1 }] }],
      ['cartDiscountCodesSet', 'CartDiscountCodesSetInput', { codes: [] }],
    ];
    for (const [name, type, input] of changes) {
      const { userErrors } = await mutate(name, type, { cartId: cart.id, ...input }, 'cart { id }', shop.shopper);
      expect(userErrors).toEqual([{ code: 'CART_IS_DRAFT', field: ['cartId'] }]);
    }
    const moved = { cartId: cart.id, email: 'me@example.test', shippingAddress: { ...ADDRESS, name: 'Me' } };
    expect(
      (await mutate('cartAddressSet', 'CartAddressSetInput', moved, 'cart { email }', shop.shopper)).cart.email,
    ).toBe('me@example.test');
  });

  test('that a colleague has changed is not overwritten', async () => {
    const { id, version, variantId } = await readyDraft();
    const lines = [{ variantId, quantity: 2 }];
    const [first, second] = await Promise.all([
      setLines({ id, expectedVersion: version, lines }),
      update({ id, expectedVersion: version, email: 'other@example.test' }),
    ]);
    const codes = [first, second].flatMap(({ userErrors }) => userErrors.map(({ code }: { code: string }) => code));
    expect(codes).toEqual(['VERSION_CONFLICT']);
  });

  test('keeps the lines of variants that stay', async () => {
    const { id, variantId } = await readyDraft();
    const ids = async () =>
      (await shop.process.query(shop.staff, `{ draftOrder(id: "${id}") { cart { lines { id } } } }`)).draftOrder.cart
        .lines;
    const before = await ids();
    await setLines({ id, lines: [{ variantId, quantity: 3, unitPrice: '5', priceReason: 'bulk' }] });
    expect(await ids()).toEqual(before);
  });

  test('expires, and can no longer be paid', async () => {
    const { id, cart } = await readyDraft();
    await shop.admin.query(`update orders.draft_order set expires_at = now() - interval '1 second' where id = $1`, [
      id,
    ]);
    const unitOfWork: OrdersUnitOfWork = new UnitOfWork(await shop.database.openOrm('orders', entities));
    await draftOrderExpiryJob(unitOfWork).run();
    expect((await show(id)).status).toBe('EXPIRED');
    const { order, userErrors } = await shop.checkout(cart.id);
    expect(order).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'CART_CLOSED' }]);
    const { rows } = await shop.admin.query('select email, shipping_address from orders.cart where id = $1', [cart.id]);
    expect(rows).toEqual([{ email: null, shipping_address: null }]);
  });

  test('is deleted with its payment link', async () => {
    const { id, cart } = await readyDraft();
    const remove = () => mutate('draftOrderDelete', 'DraftOrderDeleteInput', { id }, 'deletedId');
    expect(await remove()).toEqual({ deletedId: id, userErrors: [] });
    expect(await show(id)).toBeNull();
    expect((await remove()).userErrors).toEqual([{ code: 'NOT_FOUND', field: ['id'] }]);
    expect((await shop.checkout(cart.id)).userErrors).toMatchObject([{ code: 'CART_CLOSED' }]);
  });

  test('is for staff with the scopes of orders', async () => {
    const { id } = await readyDraft();
    const query = `{ draftOrder(id: "${id}") { id } }`;
    expect((await shop.process.execute(shop.shopper, query)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect((await shop.process.query(shop.otherTenant, query)).draftOrder).toBeNull();
    const change = `mutation { draftOrderDelete(input: { id: "${id}" }) { userErrors { code } } }`;
    const reader = shop.staffWith('orders:read');
    expect((await shop.process.execute(reader, change)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  test('is refused for an unknown variant and an unknown shipping method', async () => {
    const lines = [{ variantId: randomUUID(), quantity: 1 }];
    expect((await create({ lines })).userErrors).toMatchObject([
      { code: 'VARIANT_NOT_FOUND', field: ['lines', '0', 'variantId'] },
    ]);
    const { id } = await readyDraft();
    expect((await update({ id, shippingMethodId: randomUUID() })).userErrors).toMatchObject([
      { code: 'SHIPPING_METHOD_NOT_AVAILABLE' },
    ]);
  });
});

test('a page of draft orders by status scans no table', async () => {
  await readyDraft();
  const text =
    '{ draftOrders(first: 5, filter: { status: DRAFT }) { nodes { id status cart { totals { total { amount } } } } } }';
  const { result, statements } = await recordQueries(() => shop.process.query(shop.staff, text));
  expect(result.draftOrders.nodes.length).toBeGreaterThan(0);
  const small = ['shipping_method'];
  expect(await sequentialScans(shop.database, 'orders', statements, small)).toEqual([]);
});
