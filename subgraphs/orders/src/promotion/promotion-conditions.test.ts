import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RequestContext } from '@souk/kit/context';
import { promotionsOf, uniqueCode } from '../testing/promotions.ts';
import { openShop, type Shop } from '../testing/shop.ts';

const LINES = `lines { id sku quantity isGift unitPrice { amount } total { amount } discounts { name amount { amount } } }
  totals { subtotal { amount } discount { amount } shipping { amount } total { amount } }`;
const CART = `query ($id: ID!) { cart(id: $id) { ${LINES} warnings { sku } } }`;
const UPDATE = `mutation ($input: CartLinesUpdateInput!) {
  cartLinesUpdate(input: $input) { cart { ${LINES} } userErrors { code message field } } }`;
const ORDER = `query ($id: ID!) { order(id: $id) { lines { sku quantity total { amount } tax { amount } } totals { total { amount } } } }`;
const CANCEL = `mutation ($input: OrderCancelInput!) { orderCancel(input: $input) { userErrors { code } } }`;

let shop: Shop;
let promotions: ReturnType<typeof promotionsOf>;
beforeAll(async () => {
  shop = await openShop();
  promotions = promotionsOf(shop);
});
afterAll(() => shop.close());

const readCart = async (id: string) => (await shop.process.query(shop.shopper, CART, { id }))['cart'];
const fill = (variantId: string, ctx?: RequestContext) => shop.fillCart([{ variantId, quantity: 1 }], ctx);

test('a promotion for a category discounts the products of the categories below', async () => {
  const [category, collection, code] = [randomUUID(), randomUUID(), uniqueCode()];
  shop.stock.put('LISTED', 5);
  const listed = shop.catalog.sell({ sku: 'LISTED', listIds: [randomUUID(), category] });
  await promotions.offer({ code, categoryIds: [category], collectionIds: [collection] });
  expect(await promotions.enter(await fill(listed), [code])).toEqual(['APPLIED']);
  expect(await promotions.enter(await fill(shop.offer(5).variantId), [code])).toEqual(['NO_MATCHING_PRODUCT']);
});

test('a promotion for a customer group applies to its members only, also at the checkout', async () => {
  const [group, code] = [randomUUID(), uniqueCode()];
  await promotions.offer({ code, customerGroupIds: [group] });
  const actor = { kind: 'user' as const, userId: randomUUID(), role: 'CUSTOMER', scopes: [], groups: [group] };
  const member: RequestContext = { ...shop.shopper, actor };
  const cartId = await fill(shop.offer(5).variantId, member);
  expect(await promotions.enter(cartId, [code])).toEqual(['OTHER_GROUP']);
  expect(await promotions.enter(cartId, [code], member)).toEqual(['APPLIED']);
  expect((await shop.checkout(cartId)).userErrors).toMatchObject([{ code: 'DISCOUNT_CHANGED' }]);
  await promotions.enter(cartId, [code], member);
  expect((await shop.checkout(cartId, {}, member)).order).not.toBeNull();
});

test('a promotion for a sales channel applies to carts of the channel, whatever channel later requests name', async () => {
  const [channelId, code] = [randomUUID(), uniqueCode()];
  await promotions.offer({ code, channelIds: [channelId.toUpperCase()] });
  const there: RequestContext = { ...shop.shopper, channelId };
  const [inChannel, elsewhere] = [
    await fill(shop.offer(5).variantId, there),
    await fill(shop.offer(5).variantId, { ...shop.shopper, channelId: randomUUID() }),
  ];
  expect(await promotions.enter(inChannel, [code])).toEqual(['APPLIED']);
  expect(await promotions.enter(elsewhere, [code], there)).toEqual(['OTHER_CHANNEL']);
  expect(await promotions.enter(await fill(shop.offer(5).variantId), [code])).toEqual(['OTHER_CHANNEL']);
  expect((await shop.checkout(inChannel)).order).not.toBeNull();
});

test('a promotion for first orders ends with the first order, and counts no canceled order', async () => {
  const tenantShop = await openShop();
  const { offer, enter } = promotionsOf(tenantShop);
  const code = uniqueCode();
  await offer({ code, firstOrderOnly: true });
  const { variantId } = tenantShop.offer(9);
  const fillOne = () => tenantShop.fillCart([{ variantId, quantity: 1 }]);
  const first = await fillOne();
  expect(await enter(first, [code])).toEqual(['APPLIED']);
  const { order } = await tenantShop.checkout(first);
  expect(await enter(await fillOne(), [code])).toEqual(['NOT_FIRST_ORDER']);
  await tenantShop.process.query(tenantShop.staff, CANCEL, { input: { orderId: order.id, reason: 'Test' } });
  expect(await enter(await fillOne(), [code])).toEqual(['APPLIED']);
  await tenantShop.close();
});

test('two checkouts of one buyer at once use a promotion for first orders once', async () => {
  const tenantShop = await openShop();
  const { offer, enter, uses } = promotionsOf(tenantShop);
  const code = uniqueCode();
  await offer({ code, firstOrderOnly: true });
  const { variantId } = tenantShop.offer(9);
  const carts = await Promise.all([1, 2, 3, 4].map(() => tenantShop.fillCart([{ variantId, quantity: 1 }])));
  for (const cartId of carts) expect(await enter(cartId, [code])).toEqual(['APPLIED']);
  const outcomes = await Promise.all(carts.map((cartId) => tenantShop.checkout(cartId)));
  expect(outcomes.filter(({ order }) => order !== null)).toHaveLength(1);
  expect(await uses(code)).toEqual({ uses: 1, orders: 1 });
  await tenantShop.close();
});

test('a gift is a line that costs nothing, is ordered and reserved, and ends with its condition', async () => {
  const code = uniqueCode();
  const [article, mug] = [shop.offer(9, '30.00'), shop.offer(1, '4.50')];
  const minSubtotals = [{ currencyCode: 'EUR', amount: '50' }];
  await promotions.offer({ name: 'Mug', code, minSubtotals, action: { type: 'GIFT', variantId: mug.variantId } });
  const cartId = await shop.fillCart([{ variantId: article.variantId, quantity: 2 }]);
  expect(await promotions.enter(cartId, [code])).toEqual(['APPLIED']);
  const cart = await readCart(cartId);
  const amount = '4.50';
  expect(cart).toMatchObject({
    lines: [
      { sku: article.sku, isGift: false, discounts: [] },
      { sku: mug.sku, isGift: true, quantity: 1, total: { amount }, discounts: [{ name: 'Mug', amount: { amount } }] },
    ],
    totals: { subtotal: { amount: '64.50' }, discount: { amount }, total: { amount: '64.90' } },
    warnings: [],
  });
  const change = (lineId: string, quantity: number) =>
    shop.process.query(shop.shopper, UPDATE, { input: { cartId, lines: [{ lineId, quantity }] } });
  const refused = await change(cart.lines[1].id, 0);
  expect(refused['cartLinesUpdate'].userErrors).toMatchObject([
    { code: 'INVALID_INPUT', field: ['lines', '0', 'lineId'] },
  ]);
  expect((await change(cart.lines[0].id, 1))['cartLinesUpdate'].cart.lines).toMatchObject([{ sku: article.sku }]);
  const again = await change(cart.lines[0].id, 2);
  expect(again['cartLinesUpdate'].cart.lines).toMatchObject([{}, { id: cart.lines[1].id, sku: mug.sku }]);

  const { order } = await shop.checkout(cartId);
  const read = await shop.process.query(shop.staff, ORDER, { id: order.id });
  expect(read['order']).toMatchObject({
    lines: [{ sku: article.sku }, { sku: mug.sku, quantity: 1, total: { amount: '0.00' }, tax: { amount: '0.00' } }],
    totals: { total: { amount: '64.90' } },
  });
  expect(shop.stock.available(mug.sku)).toBe(0);
  const next = await shop.fillCart([{ variantId: article.variantId, quantity: 2 }]);
  expect(await promotions.enter(next, [code])).toEqual(['GIFT_SOLD_OUT']);
});

test('a gift that is sold out before the checkout is not silently dropped: the buyer sees the cart first', async () => {
  const code = uniqueCode();
  const [article, mug] = [shop.offer(9), shop.offer(1)];
  await promotions.offer({ code, action: { type: 'GIFT', variantId: mug.variantId } });
  const cartId = await fill(article.variantId);
  expect(await promotions.enter(cartId, [code])).toEqual(['APPLIED']);
  await shop.order([{ variantId: mug.variantId, quantity: 1 }]);
  expect((await shop.checkout(cartId)).userErrors).toMatchObject([{ code: 'DISCOUNT_CHANGED' }]);
  expect((await readCart(cartId)).lines).toMatchObject([{ sku: article.sku }]);
  expect((await shop.checkout(cartId)).order).not.toBeNull();
});

test('ten carts at once get three gifts, and never a gift that is not there', async () => {
  const code = uniqueCode();
  const [article, mug] = [shop.offer(20), shop.offer(3)];
  await promotions.offer({ code, action: { type: 'GIFT', variantId: mug.variantId } });
  const carts = await Promise.all(Array.from({ length: 10 }, () => fill(article.variantId)));
  for (const cartId of carts) await promotions.enter(cartId, [code]);
  const outcomes = await Promise.all(carts.map((cartId) => shop.checkout(cartId)));
  const refused = outcomes.filter(({ order }) => order === null);
  expect(new Set(refused.map(({ userErrors }) => userErrors[0].code))).toEqual(new Set(['DISCOUNT_CHANGED']));
  expect([refused.length, shop.stock.available(mug.sku)]).toEqual([7, 0]);
});

test('a buyer of the same variant gets a gift beside the bought units while both are in stock', async () => {
  const code = uniqueCode();
  const mug = shop.offer(2, '5.00');
  await promotions.offer({ code, action: { type: 'GIFT', variantId: mug.variantId } });
  const cartId = await fill(mug.variantId);
  expect(await promotions.enter(cartId, [code])).toEqual(['APPLIED']);
  const { order } = await shop.checkout(cartId);
  expect(order.lines).toMatchObject([
    { sku: mug.sku, quantity: 1 },
    { sku: mug.sku, quantity: 1 },
  ]);
  expect(shop.stock.available(mug.sku)).toBe(0);
});
