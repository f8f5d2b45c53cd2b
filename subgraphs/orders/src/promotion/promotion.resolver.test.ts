import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { testActors, type TestActors } from '@souk/kit/testing';
import { openShop } from '../testing/shop.ts';

const PROMOTION = `id version name code active startsAt endsAt priority combinable productIds minQuantity usageLimit
  usageLimitPerBuyer uses minSubtotals { amount currencyCode } action { type percent amounts { amount } buy get }`;
const CREATE = `mutation ($input: PromotionCreateInput!) {
  promotionCreate(input: $input) { promotion { ${PROMOTION} } userErrors { code field } } }`;
const UPDATE = `mutation ($input: PromotionUpdateInput!) {
  promotionUpdate(input: $input) { promotion { ${PROMOTION} } userErrors { code field } } }`;
const DELETE = `mutation ($input: PromotionDeleteInput!) {
  promotionDelete(input: $input) { deletedId userErrors { code field } } }`;
const CART = `totals { subtotal { amount } discount { amount } shipping { amount } tax { amount } total { amount } }
  discounts { name code amount { amount } } discountCodes { code applied outcome } lines { discounts { amount { amount } } }`;
const SET_CODES = `mutation ($input: CartDiscountCodesSetInput!) {
  cartDiscountCodesSet(input: $input) { cart { ${CART} } userErrors { code field } } }`;
const READ = `query ($id: ID!) { cart(id: $id) { ${CART} } }`;
const ORDER = `query ($id: ID!) { order(id: $id) { totals { discount { amount } total { amount } } discounts { name code amount { amount } }
  lines { total { amount } tax { amount } } } }`;
const TEN_PERCENT = { type: 'PERCENTAGE', percent: '10' };

let shop: Awaited<ReturnType<typeof openShop>>;
let actors: TestActors;
beforeAll(async () => void (shop = await openShop()));
afterAll(() => shop.close());
/** Each test has its own tenant, because promotions of one test would apply to the carts of other tests. */
beforeEach(() => void (actors = testActors(['promotions:read', 'promotions:write'])));

const ask = async (name: string, document: string, input: object, ctx = actors.owner) =>
  (await shop.process.query(ctx, document, { input }))[name];
const create = (input: object, ctx = actors.owner) =>
  ask('promotionCreate', CREATE, { name: 'Sale', action: TEN_PERCENT, ...input }, ctx);
/** Creates a promotion in the tenant in which the tests buy. */
const offerPromotion = (input: object) => create(input, shop.staff);
const setCodes = (cartId: string, codes: readonly string[]) =>
  ask('cartDiscountCodesSet', SET_CODES, { cartId, codes }, shop.shopper);
const readCart = async (id: string) => (await shop.process.query(shop.shopper, READ, { id }))['cart'];
const uniqueCode = () => `CODE-${randomUUID()}`.toUpperCase();

test('staff create, change, list and delete a promotion', async () => {
  const { promotion } = await create({
    code: ' summer-26 ',
    usageLimit: 5,
    minSubtotals: [{ currencyCode: 'EUR', amount: '50' }],
  });
  expect(promotion).toMatchObject({
    version: 1,
    code: 'SUMMER-26',
    active: true,
    combinable: true,
    uses: 0,
    minSubtotals: [{ amount: '50.00', currencyCode: 'EUR' }],
    action: { type: 'PERCENTAGE', percent: '10.00', amounts: [] },
  });
  const action = { type: 'BUY_X_GET_Y', buy: 2, get: 1 };
  const changed = await ask('promotionUpdate', UPDATE, {
    id: promotion.id,
    expectedVersion: 1,
    action,
    usageLimit: null,
  });
  expect(changed.promotion).toMatchObject({
    version: 2,
    code: 'SUMMER-26',
    usageLimit: null,
    uses: null,
    action: { type: 'BUY_X_GET_Y', percent: null, buy: 2, get: 1 },
  });
  const list = await shop.process.query(actors.owner, `{ promotions(first: 10) { nodes { ${PROMOTION} } } }`);
  expect(list['promotions'].nodes).toEqual([changed.promotion]);
  expect(await ask('promotionDelete', DELETE, { id: promotion.id })).toEqual({
    deletedId: promotion.id,
    userErrors: [],
  });
  expect((await ask('promotionDelete', DELETE, { id: promotion.id })).userErrors).toEqual([
    { code: 'NOT_FOUND', field: ['id'] },
  ]);
});

test.each([
  [{ code: 'no spaces' }, ['code']],
  [{ startsAt: '2026-02-01T00:00:00Z', endsAt: '2026-02-01T00:00:00Z' }, ['endsAt']],
  [{ action: { type: 'PERCENTAGE' } }, ['action', 'percent']],
  [{ action: { type: 'PERCENTAGE', percent: '100.01' } }, ['action', 'percent']],
  [{ action: { type: 'PERCENTAGE', percent: '0' } }, ['action', 'percent']],
  [{ action: { type: 'PERCENTAGE', percent: '10', buy: 1 } }, ['action', 'buy']],
  [{ action: { type: 'AMOUNT', amounts: [] } }, ['action', 'amounts']],
  [
    { action: { type: 'AMOUNT', amounts: [{ currencyCode: 'JPY', amount: '100.50' }] } },
    ['action', 'amounts', '0', 'amount'],
  ],
  [{ action: { type: 'FREE_SHIPPING', percent: '1' } }, ['action', 'percent']],
  [{ minSubtotals: [{ currencyCode: 'EUR', amount: '1.005' }] }, ['minSubtotals', '0', 'amount']],
])('an invalid promotion is refused with its field: %j', async (input, field) => {
  expect((await create(input)).userErrors).toEqual([{ code: 'INVALID_INPUT', field }]);
});

test('a taken code and a stale version are refused, and callers without the scope see nothing', async () => {
  const { promotion } = await create({ code: 'TAKEN' });
  expect((await create({ code: 'taken' })).userErrors).toEqual([{ code: 'CODE_TAKEN', field: ['code'] }]);
  const stale = await ask('promotionUpdate', UPDATE, { id: promotion.id, name: 'New', expectedVersion: 9 });
  expect(stale.userErrors).toEqual([{ code: 'VERSION_CONFLICT', field: ['expectedVersion'] }]);
  await expect(create({}, actors.stranger)).rejects.toThrow();
});

test('a code discounts the cart and the order, and the tax follows the discount', async () => {
  const code = uniqueCode();
  await offerPromotion({ name: 'Welcome', code });
  const article = shop.offer(10, '119.00');
  const cartId = await shop.fillCart([{ variantId: article.variantId, quantity: 1 }]);
  const { cart, userErrors } = await setCodes(cartId, [code.toLowerCase()]);
  expect(userErrors).toEqual([]);
  expect(cart).toMatchObject({
    totals: { subtotal: { amount: '119.00' }, discount: { amount: '11.90' } },
    discounts: [{ name: 'Welcome', code, amount: { amount: '11.90' } }],
    discountCodes: [{ code, applied: true, outcome: 'APPLIED' }],
    lines: [{ discounts: [{ amount: { amount: '11.90' } }] }],
  });
  const { order } = await shop.checkout(cartId);
  const read = await shop.process.query(shop.staff, ORDER, { id: order.id });
  expect(read['order']).toMatchObject({
    totals: { discount: { amount: '11.90' }, total: cart.totals.total },
    discounts: [{ name: 'Welcome', code, amount: { amount: '11.90' } }],
    lines: [{ total: { amount: '107.10' }, tax: { amount: '17.10' } }],
  });
});

test('an unknown code is refused with its place, and the cart keeps its codes', async () => {
  const code = uniqueCode();
  await offerPromotion({ code });
  const article = shop.offer(10);
  const cartId = await shop.fillCart([{ variantId: article.variantId, quantity: 1 }]);
  await setCodes(cartId, [code]);
  expect((await setCodes(cartId, [code, 'WRONG'])).userErrors).toEqual([
    { code: 'DISCOUNT_CODE_UNKNOWN', field: ['codes', '1'] },
  ]);
  expect((await readCart(cartId)).discountCodes).toEqual([{ code, applied: true, outcome: 'APPLIED' }]);
  expect((await setCodes(cartId, [])).cart).toMatchObject({
    discountCodes: [],
    totals: { discount: { amount: '0.00' } },
  });
});

test('codes cannot be guessed: after 30 entries for a cart, even a right code is refused for a while', async () => {
  const code = uniqueCode();
  await offerPromotion({ code });
  const article = shop.offer(10);
  const cartId = await shop.fillCart([{ variantId: article.variantId, quantity: 1 }]);
  for (let guess = 0; guess < 30; guess++) await setCodes(cartId, [`GUESS-${guess}`]);
  expect((await setCodes(cartId, [code])).userErrors).toEqual([{ code: 'TOO_MANY_ATTEMPTS', field: ['codes'] }]);
});

test('free shipping sets the price of the shipping to zero', async () => {
  const code = uniqueCode();
  await offerPromotion({ code, action: { type: 'FREE_SHIPPING' } });
  const article = shop.offer(10);
  const cartId = await shop.fillCart([{ variantId: article.variantId, quantity: 1 }]);
  expect((await readCart(cartId)).totals.shipping.amount).not.toBe('0.00');
  expect((await setCodes(cartId, [code])).cart.totals).toMatchObject({
    shipping: { amount: '0.00' },
    total: { amount: '10.00' },
  });
});

test('a promotion that ends before the checkout is not silently dropped: the buyer sees the new total first', async () => {
  const code = uniqueCode();
  await offerPromotion({ code });
  const article = shop.offer(10);
  const cartId = await shop.fillCart([{ variantId: article.variantId, quantity: 1 }]);
  await setCodes(cartId, [code]);
  await shop.admin.query(`update orders.promotion set ends_at = now() where code = $1`, [code]);
  expect((await shop.checkout(cartId)).userErrors).toMatchObject([{ code: 'DISCOUNT_CHANGED' }]);
  expect((await readCart(cartId)).discountCodes).toEqual([{ code, applied: false, outcome: 'ENDED' }]);
  expect((await shop.checkout(cartId)).order).not.toBeNull();
});

test('a hundred buyers at once use a voucher that is limited to ten exactly ten times', async () => {
  const code = uniqueCode();
  await offerPromotion({ code, usageLimit: 10 });
  const article = shop.offer(100);
  const carts = await Promise.all(
    Array.from({ length: 100 }, async () => {
      const cartId = await shop.fillCart([{ variantId: article.variantId, quantity: 1 }]);
      await shop.process.query(shop.shopper, SET_CODES, { input: { cartId, codes: [code] } });
      return cartId;
    }),
  );
  const outcomes = await Promise.all(carts.map((cartId) => shop.checkout(cartId)));
  const placed = outcomes.filter(({ order }) => order !== null);
  const refused = outcomes.flatMap(({ userErrors }) => userErrors.map((each: { code: string }) => each.code));
  expect([placed.length, new Set(refused)]).toEqual([10, new Set(['DISCOUNT_CHANGED'])]);
  const used = await shop.admin.query(
    `select usage.uses, count(*)::integer as orders from orders.promotion
       join orders.promotion_usage usage on usage.promotion_id = promotion.id
       join orders.promotion_use on promotion_use.promotion_id = promotion.id where code = $1 group by 1`,
    [code],
  );
  expect(used.rows).toEqual([{ uses: 10, orders: 10 }]);
});

test('a declined payment gives the use back, and an e-mail address uses a voucher once', async () => {
  const code = uniqueCode();
  await offerPromotion({ code, usageLimit: 2, usageLimitPerBuyer: 1 });
  const article = shop.offer(10);
  const fill = async () => {
    const cartId = await shop.fillCart([{ variantId: article.variantId, quantity: 1 }]);
    return { cartId, ...(await setCodes(cartId, [code])) };
  };
  const first = await fill();
  expect((await shop.checkout(first.cartId, { token: 'tok_declined' })).userErrors).toMatchObject([
    { code: 'PAYMENT_DECLINED' },
  ]);
  expect((await shop.checkout(first.cartId)).order).not.toBeNull();
  expect((await fill()).cart.discountCodes).toEqual([{ code, applied: false, outcome: 'USED_BY_BUYER' }]);
});
