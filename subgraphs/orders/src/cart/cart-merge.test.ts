import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestContext } from '@souk/kit/context';
import { testContext } from '@souk/kit/testing';
import fc from 'fast-check';
import { aCart, aLine, anAddress, aVariant } from '../testing/carts.ts';
import { openShop, type Shop } from '../testing/shop.ts';
import { MAX_CART_LINES, MAX_LINE_QUANTITY } from './cart.errors.ts';
import { mergeCarts } from './cart-merge.ts';
import type { Cart } from './cart.ts';

const VARIANTS = Array.from({ length: 6 }, (_, index) => aVariant({ sku: `SKU-${index}` }));
const catalog = {
  found: new Map(VARIANTS.slice(0, 5).map((variant) => [variant.variantId, variant])),
  missing: new Map([[VARIANTS[5]?.variantId ?? '', 'VARIANT_NOT_FOUND' as const]]),
};
const cartWith = (quantities: readonly number[], values: Partial<Cart> = {}) =>
  aCart({
    ...values,
    lines: VARIANTS.flatMap((variant, index) => {
      const quantity = quantities[index] ?? 0;
      return quantity > 0 ? [aLine({ ...variant, quantity })] : [];
    }),
  });
const unitsOf = ({ lines }: Pick<Cart, 'lines'>, variantId: string) =>
  lines.find((line) => line.variantId === variantId)?.quantity ?? 0;

describe('the merge of two carts', () => {
  const quantities = fc.array(fc.integer({ min: 0, max: MAX_LINE_QUANTITY }), { minLength: 6, maxLength: 6 });

  test('loses no unit and breaks no limit', () => {
    fc.assert(
      fc.property(quantities, quantities, (ownUnits, otherUnits) => {
        const [own, other] = [cartWith(ownUnits), cartWith(otherUnits)];
        const merged = mergeCarts(own, other, catalog, randomUUID);
        for (const { variantId } of VARIANTS) {
          const before = unitsOf(own, variantId) + unitsOf(other, variantId);
          expect(unitsOf(merged.own, variantId) + unitsOf(merged.other, variantId)).toBe(before);
          expect(unitsOf(merged.own, variantId)).toBeLessThanOrEqual(MAX_LINE_QUANTITY);
        }
        expect(merged.other.status).toBe(merged.left.length === 0 ? 'MERGED' : 'ACTIVE');
        expect(merged.left.map(({ line }) => line)).toEqual(merged.other.lines);
      }),
    );
  });

  test('leaves lines that are beyond the maximum of a cart', () => {
    const own = aCart({ lines: Array.from({ length: MAX_CART_LINES }, () => aLine()) });
    const { other, left } = mergeCarts(own, cartWith([1]), catalog, randomUUID);
    expect(left).toMatchObject([{ reason: { code: 'CART_LIMIT_REACHED' } }]);
    expect(other.lines).toHaveLength(1);
  });

  test("keeps the customer's own details, and takes those that are missing", () => {
    const remarks = {
      buyerNote: 'Ring twice',
      purchaseOrderNumber: 'PO-1',
      attributes: [{ key: 'gift', value: 'yes' }],
    };
    const guest = { email: 'guest@mail.test', shippingAddress: anAddress(), discountCodes: ['A', 'B'], ...remarks };
    const own = cartWith([1], { email: 'ada@mail.test', discountCodes: ['B', 'C'] });
    const merged = mergeCarts(own, cartWith([1], guest), catalog, randomUUID);
    expect(merged.own).toMatchObject({ email: 'ada@mail.test', shippingAddress: anAddress(), ...remarks });
    expect(merged.own.discountCodes).toEqual(['B', 'C', 'A']);
    expect(merged.other).toMatchObject({
      email: null,
      shippingAddress: null,
      discountCodes: [],
      buyerNote: null,
      attributes: [],
    });
  });
});

describe('cartMerge', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  const MERGE = `mutation ($input: CartMergeInput!) {
    cartMerge(input: $input) {
      cart { id version lines { sku quantity } }
      warnings { sku }
      leftLines { code sku quantity }
      userErrors { code field }
    }
  }`;
  const SHOW = 'query ($id: ID!) { cart(id: $id) { status lines { sku quantity } } }';
  const merge = async (ctx: RequestContext, cartId: string, more: Record<string, unknown> = {}) =>
    (await shop.process.query(ctx, MERGE, { input: { cartId, ...more } })).cartMerge;
  const show = async (id: string) => (await shop.process.query(shop.shopper, SHOW, { id })).cart;

  function customer(): RequestContext {
    const ctx = testContext({ tenantId: shop.tenantId, scopes: [], role: 'SHOPPER' });
    return { ...ctx, actor: { ...ctx.actor, customerId: randomUUID() } as RequestContext['actor'] };
  }

  test('gives the cart of a guest to a customer without a cart, once', async () => {
    const [ada, eve] = [customer(), customer()];
    const tea = shop.offer(5);
    const cartId = await shop.fillCart([{ ...tea, quantity: 1 }]);
    const claimed = await merge(ada, cartId);
    expect(claimed).toMatchObject({ cart: { id: cartId, lines: [{ sku: tea.sku }] }, leftLines: [], userErrors: [] });
    expect((await merge(ada, cartId)).cart).toEqual(claimed.cart);
    expect(await merge(eve, cartId)).toMatchObject({ cart: null, userErrors: [{ code: 'NOT_FOUND' }] });
  });

  test("gives a guest's cart the VAT id of the customer's company, and a new cart of a member has it", async () => {
    const ada = customer();
    const company = { id: randomUUID(), vatId: 'FR40303265045' };
    const member = { ...ada, actor: { ...ada.actor, company } as RequestContext['actor'] };
    const tea = shop.offer(9);
    const taxIdOf = async (id: string) =>
      (await shop.process.query(member, `{ cart(id: "${id}") { taxId } }`)).cart.taxId;
    const guestId = await shop.fillCart([{ ...tea, quantity: 1 }]);
    const { version } = (await shop.process.query(member, `{ cart(id: "${guestId}") { version } }`)).cart;
    expect((await merge(member, guestId)).userErrors).toEqual([]);
    expect(await taxIdOf(guestId)).toBe(company.vatId);
    expect((await shop.process.query(member, `{ cart(id: "${guestId}") { version } }`)).cart.version).toBe(version + 2);
    expect(await taxIdOf(await shop.fillCart([{ ...tea, quantity: 1 }], member))).toBe(company.vatId);
    const REMOVE = `mutation { cartTaxIdSet(input: { cartId: "${guestId}", taxId: null }) { userErrors { code } } }`;
    await shop.process.query(member, REMOVE);
    expect(await taxIdOf(guestId)).toBeNull();
  });

  test('adds the units to the cart of the customer and closes the other cart', async () => {
    const ada = customer();
    const [tea, cup] = [shop.offer(50), shop.offer(50)];
    const ownId = await shop.fillCart([{ ...tea, quantity: 2 }], ada);
    const guestId = await shop.fillCart([
      { ...tea, quantity: 3 },
      { ...cup, quantity: 1 },
    ]);
    const lines = [
      { sku: tea.sku, quantity: 5 },
      { sku: cup.sku, quantity: 1 },
    ];
    const key = { idempotencyKey: randomUUID() };
    const merged = await merge(ada, guestId, key);
    expect(merged).toEqual({
      cart: { id: ownId, version: expect.any(Number), lines },
      warnings: [],
      leftLines: [],
      userErrors: [],
    });
    expect(await merge(ada, guestId, key)).toEqual(merged);
    expect(await show(ownId)).toEqual({ status: 'ACTIVE', lines });
    expect(await show(guestId)).toEqual({ status: 'MERGED', lines: [] });
    expect(await merge(ada, guestId)).toMatchObject({ userErrors: [{ code: 'CART_CLOSED' }] });
  });

  test('leaves a line that does not fit in the other cart, and says why', async () => {
    const ada = customer();
    const [tea, cup] = [shop.offer(20_000), shop.offer(5)];
    await shop.fillCart([{ ...tea, quantity: MAX_LINE_QUANTITY }], ada);
    const guestId = await shop.fillCart([
      { ...tea, quantity: 1 },
      { ...cup, quantity: 9 },
    ]);
    expect(await merge(ada, guestId)).toMatchObject({
      cart: {
        lines: [
          { sku: tea.sku, quantity: MAX_LINE_QUANTITY },
          { sku: cup.sku, quantity: 9 },
        ],
      },
      warnings: [{ sku: cup.sku }],
      leftLines: [{ code: 'QUANTITY_INVALID', sku: tea.sku, quantity: 1 }],
      userErrors: [],
    });
    expect(await show(guestId)).toEqual({ status: 'ACTIVE', lines: [{ sku: tea.sku, quantity: 1 }] });
  });

  test('of one cart by two requests of a customer adds the units once', async () => {
    const ada = customer();
    const tea = shop.offer(50);
    await shop.fillCart([{ ...tea, quantity: 1 }], ada);
    const guestId = await shop.fillCart([{ ...tea, quantity: 1 }]);
    const answers = await Promise.all([merge(ada, guestId), merge(ada, guestId)]);
    expect(answers.flatMap(({ userErrors }) => userErrors.map(({ code }: { code: string }) => code))).toEqual([
      'CART_CLOSED',
    ]);
    expect(answers.flatMap(({ cart }) => cart?.lines ?? [])).toEqual([{ sku: tea.sku, quantity: 2 }]);
  });

  test('neither takes a draft of staff nor adds to one', async () => {
    const tea = shop.offer(50);
    const input = {
      currencyCode: 'EUR',
      lines: [{ variantId: tea.variantId, quantity: 1, unitPrice: '0.01', priceReason: 'goodwill' }],
    };
    const CREATE = `mutation ($input: DraftOrderCreateInput!) { draftOrderCreate(input: $input) { draftOrder { cart { id } } } }`;
    const { draftOrderCreate } = await shop.process.query(shop.staff, CREATE, { input });
    const draftId = draftOrderCreate.draftOrder.cart.id;
    const [ada, eve] = [customer(), customer()];
    await shop.fillCart([{ ...tea, quantity: 2 }], eve);
    for (const ctx of [ada, eve])
      expect(await merge(ctx, draftId)).toMatchObject({ cart: null, userErrors: [{ code: 'CART_IS_DRAFT' }] });
    expect(await show(draftId)).toMatchObject({ status: 'ACTIVE', lines: [{ quantity: 1 }] });
  });

  test('is for customers', async () => {
    const cartId = await shop.fillCart([{ ...shop.offer(5), quantity: 1 }]);
    for (const [caller, code] of [
      [shop.shopper, 'UNAUTHENTICATED'],
      [shop.staff, 'FORBIDDEN'],
    ] as const)
      expect((await shop.process.execute(caller, MERGE, { input: { cartId } })).errors).toMatchObject([
        { extensions: { code } },
      ]);
  });
});
