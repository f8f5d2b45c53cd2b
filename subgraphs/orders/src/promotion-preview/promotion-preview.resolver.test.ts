import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { testActors } from '@souk/kit/testing';
import { promotionsOf, uniqueCode } from '../testing/promotions.ts';
import { openShop, type Shop } from '../testing/shop.ts';

const PREVIEW = `query ($input: PromotionPreviewInput!) { promotionPreview(input: $input) {
  preview { currencyCode lines { sku quantity isGift total { amount } discounts { name amount { amount } } }
    totals { subtotal { amount } discount { amount } total { amount } } discountCodes { code outcome }
    promotions { promotionId name code isPreviewed applied outcome message amount { amount } } }
  userErrors { code message field } } }`;
const TEN_PERCENT = { name: 'Ten', action: { type: 'PERCENTAGE', percent: '10' } };

let shop: Shop;
let promotions: ReturnType<typeof promotionsOf>;
beforeAll(async () => {
  shop = await openShop();
  promotions = promotionsOf(shop);
});
afterAll(() => shop.close());

const preview = async (input: object) => (await shop.process.query(shop.staff, PREVIEW, { input }))['promotionPreview'];
const stored = async () =>
  (
    await shop.admin.query(`select count(*)::integer as promotions, (select count(*)::integer from orders.cart) as carts
     from orders.promotion`)
  ).rows[0];

test('a draft shows its discount on each line, and nothing is saved', async () => {
  const [article, before] = [shop.offer(5, '20.00'), await stored()];
  const { preview: shown, userErrors } = await preview({
    settings: { ...TEN_PERCENT, code: 'draft' },
    lines: [{ variantId: article.variantId, quantity: 2 }],
    currencyCode: 'EUR',
  });
  const amount = '4.00';
  expect([userErrors, await stored()]).toEqual([[], before]);
  expect(shown).toMatchObject({
    currencyCode: 'EUR',
    lines: [{ sku: article.sku, total: { amount: '40.00' }, discounts: [{ name: 'Ten', amount: { amount } }] }],
    totals: { subtotal: { amount: '40.00' }, discount: { amount }, total: { amount: '36.00' } },
    promotions: [
      {
        promotionId: null,
        name: 'Ten',
        code: 'DRAFT',
        isPreviewed: true,
        applied: true,
        outcome: 'APPLIED',
        amount: { amount },
      },
    ],
  });
});

test("a buyer's cart shows why a stored promotion does not apply, and stays as it is", async () => {
  const code = uniqueCode();
  const { id } = await promotions.offer({ name: 'Big', code, minSubtotals: [{ currencyCode: 'EUR', amount: '100' }] });
  const cartId = await shop.fillCart([{ variantId: shop.offer(5).variantId, quantity: 1 }]);
  const { preview: shown } = await preview({ id, cartId });
  expect(shown.promotions).toMatchObject([
    {
      promotionId: id,
      isPreviewed: true,
      applied: false,
      outcome: 'SUBTOTAL_TOO_LOW',
      message: expect.stringContaining(code),
    },
  ]);
  const changed = await preview({ id, cartId, settings: { ...TEN_PERCENT, code }, codes: ['NONE'] });
  expect(changed.preview).toMatchObject({
    promotions: [{ promotionId: id, outcome: 'APPLIED' }],
    discountCodes: [
      { code: 'NONE', outcome: 'UNKNOWN' },
      { code, outcome: 'APPLIED' },
    ],
  });
  const { rows } = await shop.admin.query('select discount_codes from orders.cart where id = $1', [cartId]);
  expect(rows).toEqual([{ discount_codes: [] }]);
});

test('a draft for a group, a channel, a later time or a buyer of before names the reason', async () => {
  const [group, { variantId }] = [randomUUID(), shop.offer(5)];
  await shop.order([{ variantId, quantity: 1 }]);
  const outcome = async (settings: object, input: object = {}) => {
    const lines = [{ variantId, quantity: 1 }];
    const { preview: shown } = await preview({ settings: { ...TEN_PERCENT, ...settings }, lines, ...input });
    return shown.promotions[0].outcome;
  };
  expect(await outcome({ customerGroupIds: [group] })).toBe('OTHER_GROUP');
  expect(await outcome({ customerGroupIds: [group] }, { customerGroupIds: [group] })).toBe('APPLIED');
  const [web, outlet] = [randomUUID(), randomUUID()];
  expect(await outcome({ channelIds: [web] }, { channelId: outlet })).toBe('OTHER_CHANNEL');
  expect(await outcome({ channelIds: [web.toUpperCase()] }, { channelId: web })).toBe('APPLIED');
  expect(await outcome({ firstOrderOnly: true }, { email: 'BUYER@example.test' })).toBe('NOT_FIRST_ORDER');
  expect(await outcome({ startsAt: '2031-01-01T00:00:00Z' })).toBe('NOT_STARTED');
  expect(await outcome({ startsAt: '2031-01-01T00:00:00Z' }, { at: '2031-01-01T00:00:00Z' })).toBe('APPLIED');
});

test('a draft of a gift shows the line that buyers would get, or that the gift is sold out', async () => {
  const [article, mug, none] = [shop.offer(5), shop.offer(1, '4.50'), shop.offer(0)];
  const lines = [{ variantId: article.variantId, quantity: 1 }];
  const gift = (variantId: string) => ({ name: 'Gift', action: { type: 'GIFT', variantId } });
  const { preview: given } = await preview({ settings: gift(mug.variantId), lines });
  expect(given.lines).toMatchObject([
    { sku: article.sku, isGift: false },
    { sku: mug.sku, isGift: true },
  ]);
  const { preview: soldOut } = await preview({ settings: gift(none.variantId), lines });
  expect(soldOut).toMatchObject({ lines: [{ sku: article.sku }], promotions: [{ outcome: 'GIFT_SOLD_OUT' }] });
});

test.each([
  [{ settings: TEN_PERCENT }, 'INVALID_INPUT', ['lines']],
  [{ cartId: randomUUID(), settings: TEN_PERCENT }, 'NOT_FOUND', ['cartId']],
  [{ id: randomUUID(), lines: [] }, 'NOT_FOUND', ['id']],
  [{ lines: [{ variantId: randomUUID(), quantity: 1 }] }, 'VARIANT_NOT_FOUND', ['lines', '0', 'variantId']],
  [
    { settings: { name: 'X', action: { type: 'PERCENTAGE', percent: '101' } }, lines: [] },
    'INVALID_INPUT',
    ['settings', 'action', 'percent'],
  ],
])('a wrong preview is refused with its field: %j', async (input, code, field) => {
  expect((await preview(input)).userErrors).toMatchObject([{ code, field }]);
});

test('callers without the scope, and staff of another shop, see nothing', async () => {
  const { id } = await promotions.offer({ code: uniqueCode() });
  const { stranger, otherTenant } = testActors(['promotions:read'], shop.staff.tenantId);
  const ask = (ctx: typeof stranger) => shop.process.query(ctx, PREVIEW, { input: { id, lines: [] } });
  await expect(ask(stranger)).rejects.toThrow();
  expect((await ask(otherTenant))['promotionPreview'].userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['id'] }]);
});
