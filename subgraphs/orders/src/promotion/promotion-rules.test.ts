import { describe, expect, test } from '@jest/globals';
import { lineTotal, money, sum } from '@souk/kit/domain';
import fc from 'fast-check';
import { applyPromotions, discountsOfLine, type AvailableGift, type DiscountableLine } from './promotion-rules.ts';
import type { CandidatePromotion, PromotionAction, PromotionConditions } from './promotion.ts';

const euros = (amountMinor: number) => money(amountMinor, 'EUR');
const line = (productId: string, quantity: number, unitPrice: string, currency = 'EUR'): DiscountableLine => ({
  productId,
  listIds: [],
  quantity,
  unitPrice,
  total: lineTotal(unitPrice, quantity, currency),
});
const ANY: PromotionConditions = { productIds: [], minQuantity: 1, minSubtotals: [] };
const promotion = (action: PromotionAction, settings: Partial<CandidatePromotion> = {}): CandidatePromotion => ({
  id: 'p1',
  name: 'Sale',
  code: null,
  priority: 0,
  combinable: true,
  conditions: ANY,
  action,
  obstacle: null,
  ...settings,
});
const apply = (
  lines: readonly DiscountableLine[],
  candidates: readonly CandidatePromotion[],
  discountCodes: readonly string[] = [],
  currency = 'EUR',
) => applyPromotions({ currency, lines, gifts: [], discountCodes }, candidates);
const minors = (lines: readonly { readonly amountMinor: number }[]) => lines.map(({ amountMinor }) => amountMinor);

describe('actions', () => {
  test('a percentage is taken off each line and rounded half up', () => {
    const { lineDiscounts } = apply(
      [line('a', 1, '0.05'), line('b', 3, '10.00')],
      [promotion({ type: 'PERCENTAGE', basisPoints: 1500 })],
    );
    expect(minors(lineDiscounts)).toEqual([1, 450]);
  });

  test('an amount is divided in proportion to the lines, and never exceeds them', () => {
    const lines = [line('a', 1, '10.00'), line('b', 1, '20.00')];
    const off = (amountMinor: number) => promotion({ type: 'AMOUNT', amounts: [{ currency: 'EUR', amountMinor }] });
    expect(minors(apply(lines, [off(1000)]).lineDiscounts)).toEqual([333, 667]);
    expect(minors(apply(lines, [off(9999)]).lineDiscounts)).toEqual([1000, 2000]);
  });

  test('a unit price applies to each unit, and a lower regular price stays', () => {
    const sale = promotion({ type: 'UNIT_PRICE', prices: [{ currency: 'EUR', amount: '7.50' }] });
    expect(minors(apply([line('a', 2, '10.00'), line('b', 2, '5.00')], [sale]).lineDiscounts)).toEqual([500, 0]);
  });

  test('of every three units, the cheapest unit is free', () => {
    const sale = promotion({ type: 'BUY_X_GET_Y', buy: 2, get: 1 });
    expect(minors(apply([line('a', 4, '10.00'), line('b', 3, '4.00')], [sale]).lineDiscounts)).toEqual([0, 800]);
    expect(apply([line('a', 2, '10.00')], [sale]).applied).toEqual([]);
  });

  test('free shipping discounts no line', () => {
    const { applied, freeShipping, lineDiscounts } = apply(
      [line('a', 1, '10.00')],
      [promotion({ type: 'FREE_SHIPPING' })],
    );
    expect([freeShipping, minors(lineDiscounts), minors(applied.map((each) => each.amount))]).toEqual([true, [0], [0]]);
  });

  test('amounts of a currency without decimals are whole', () => {
    const { lineDiscounts } = apply(
      [line('a', 1, '105', 'JPY')],
      [promotion({ type: 'PERCENTAGE', basisPoints: 1000 })],
      [],
      'JPY',
    );
    expect(lineDiscounts).toEqual([money(11, 'JPY')]);
  });
});

describe('conditions', () => {
  const TEN_PERCENT: PromotionAction = { type: 'PERCENTAGE', basisPoints: 1000 };
  const outcomeWith = (conditions: Partial<PromotionConditions>, settings: Partial<CandidatePromotion> = {}) =>
    apply(
      [line('a', 2, '10.00')],
      [promotion(TEN_PERCENT, { code: 'TEN', conditions: { ...ANY, ...conditions }, ...settings })],
      ['TEN'],
    ).codes[0]?.outcome;

  test.each([
    ['APPLIED', {}],
    ['NO_MATCHING_PRODUCT', { productIds: ['b'] }],
    ['TOO_FEW_UNITS', { minQuantity: 3 }],
    ['SUBTOTAL_TOO_LOW', { minSubtotals: [{ currency: 'EUR', amountMinor: 2001 }] }],
    ['APPLIED', { minSubtotals: [{ currency: 'EUR', amountMinor: 2000 }] }],
    ['OTHER_CURRENCY', { minSubtotals: [{ currency: 'USD', amountMinor: 1 }] }],
  ] as const)('%s: %j', (outcome, conditions) => {
    expect(outcomeWith(conditions)).toBe(outcome);
  });

  test('an obstacle of the promotion is the outcome of its code, and a code without a promotion is unknown', () => {
    expect(outcomeWith({}, { obstacle: 'ENDED' })).toBe('ENDED');
    expect(apply([line('a', 1, '1.00')], [], ['GONE']).codes).toEqual([{ code: 'GONE', outcome: 'UNKNOWN' }]);
  });

  test('only the lines of the products are discounted', () => {
    const { lineDiscounts } = apply(
      [line('a', 1, '10.00'), line('b', 1, '10.00')],
      [promotion(TEN_PERCENT, { conditions: { ...ANY, productIds: ['b'] } })],
    );
    expect(minors(lineDiscounts)).toEqual([0, 100]);
  });
});

describe('lines by category and collection', () => {
  const inLists = (listIds: readonly string[]) => ({ ...line('a', 1, '10.00'), listIds });
  const discountsWith = (conditions: Partial<PromotionConditions>, lines: readonly DiscountableLine[]) =>
    minors(
      apply(lines, [promotion({ type: 'PERCENTAGE', basisPoints: 1000 }, { conditions: { ...ANY, ...conditions } })])
        .lineDiscounts,
    );

  test('a line matches by its product, a category of its product or a collection', () => {
    const lines = [inLists(['shirts', 'clothes']), inLists(['summer']), line('b', 1, '10.00'), line('c', 1, '10.00')];
    expect(discountsWith({ categoryIds: ['clothes'] }, lines)).toEqual([100, 0, 0, 0]);
    expect(discountsWith({ collectionIds: ['summer'] }, lines)).toEqual([0, 100, 0, 0]);
    expect(discountsWith({ categoryIds: ['clothes'], productIds: ['b'] }, lines)).toEqual([100, 0, 100, 0]);
  });

  test('the outcome names lines of other categories', () => {
    const other = promotion({ type: 'FREE_SHIPPING' }, { code: 'X', conditions: { ...ANY, categoryIds: ['shoes'] } });
    expect(apply([inLists(['shirts'])], [other], ['X']).codes).toEqual([{ code: 'X', outcome: 'NO_MATCHING_PRODUCT' }]);
  });
});

describe('gifts', () => {
  const mug = { promotionId: 'p1', variantId: 'mug', unitPrice: '4.50', available: 3 };
  const gift = (quantity: number, settings: Partial<CandidatePromotion> = {}) =>
    promotion({ type: 'GIFT', variantId: 'mug', quantity }, settings);
  const applyGifts = (candidates: readonly CandidatePromotion[], gifts: readonly AvailableGift[]) =>
    applyPromotions({ currency: 'EUR', lines: [line('a', 1, '10.00')], gifts, discountCodes: [] }, candidates);

  test('a gift in stock is given with its regular price as the amount, and discounts no other line', () => {
    const { applied, lineDiscounts } = applyGifts([gift(2)], [mug]);
    expect(applied).toMatchObject([{ gift: { variantId: 'mug', quantity: 2 }, amount: euros(900) }]);
    expect(minors(lineDiscounts)).toEqual([0]);
  });

  test('promotions share the units of a gift, and the later one reports that the gift is sold out', () => {
    const second = { ...mug, promotionId: 'p2' };
    const { outcomes } = applyGifts([gift(2), gift(2, { id: 'p2' })], [mug, second]);
    expect(outcomes).toEqual([
      { promotionId: 'p1', outcome: 'APPLIED' },
      { promotionId: 'p2', outcome: 'GIFT_SOLD_OUT' },
    ]);
  });

  test('a gift that the catalog or inventory does not offer is sold out', () => {
    expect(applyGifts([gift(1)], []).outcomes).toEqual([{ promotionId: 'p1', outcome: 'GIFT_SOLD_OUT' }]);
  });
});

describe('several promotions', () => {
  const half = (id: string, settings: Partial<CandidatePromotion> = {}) =>
    promotion({ type: 'PERCENTAGE', basisPoints: 5000 }, { id, name: id, code: id.toUpperCase(), ...settings });

  test('each applies to what the earlier ones left, and the parts of a line add up to its discount', () => {
    const result = apply([line('a', 1, '10.00')], [half('one'), half('two')], ['TWO', 'ONE']);
    expect(minors(result.applied.map((each) => each.amount))).toEqual([500, 250]);
    expect(result.codes).toEqual([
      { code: 'TWO', outcome: 'APPLIED' },
      { code: 'ONE', outcome: 'APPLIED' },
    ]);
    expect(
      sum(
        discountsOfLine(result, 0).map(({ amount }) => amount),
        'EUR',
      ),
    ).toEqual(euros(750));
  });

  test('a promotion that is not combinable stays alone, wherever it stands', () => {
    const alone = half('alone', { combinable: false });
    expect(apply([line('a', 1, '10.00')], [alone, half('two')], ['TWO']).codes).toEqual([
      { code: 'TWO', outcome: 'NOT_COMBINABLE' },
    ]);
    const second = apply([line('a', 1, '10.00')], [half('one'), alone], ['ALONE']);
    expect([minors(second.lineDiscounts), second.codes[0]?.outcome]).toEqual([[500], 'NOT_COMBINABLE']);
  });

  test('no line is discounted below zero, and all parts add up, whatever promotions there are', () => {
    const actions: fc.Arbitrary<PromotionAction> = fc.oneof(
      fc.record({ type: fc.constant('PERCENTAGE' as const), basisPoints: fc.integer({ min: 1, max: 10_000 }) }),
      fc.integer({ min: 1, max: 100_000 }).map((amountMinor): PromotionAction => ({
        type: 'AMOUNT',
        amounts: [{ currency: 'EUR', amountMinor }],
      })),
      fc.integer({ min: 0, max: 2000 }).map((cents): PromotionAction => ({
        type: 'UNIT_PRICE',
        prices: [{ currency: 'EUR', amount: (cents / 100).toFixed(2) }],
      })),
      fc.record({
        type: fc.constant('BUY_X_GET_Y' as const),
        buy: fc.integer({ min: 1, max: 5 }),
        get: fc.integer({ min: 1, max: 5 }),
      }),
    );
    const lines = fc.array(
      fc
        .tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 99_999 }))
        .map(([product, quantity, cents]) => line(product, quantity, (cents / 100).toFixed(2))),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(lines, fc.array(fc.tuple(actions, fc.boolean()), { maxLength: 5 }), (cart, chosen) => {
        const candidates = chosen.map(([action, combinable], index) =>
          promotion(action, { id: `${index}`, combinable }),
        );
        const { applied, lineDiscounts } = apply(cart, candidates);
        cart.forEach(({ total }, index) => {
          const discount = lineDiscounts[index]?.amountMinor ?? NaN;
          expect(discount).toBeGreaterThanOrEqual(0);
          expect(discount).toBeLessThanOrEqual(total.amountMinor);
          const parts = discountsOfLine({ applied }, index).map(({ amount }) => amount);
          expect(sum(parts, 'EUR').amountMinor).toBe(discount);
        });
        expect(
          sum(
            applied.map(({ amount }) => amount),
            'EUR',
          ),
        ).toEqual(sum(lineDiscounts, 'EUR'));
      }),
    );
  });
});
