import type { Money } from '@souk/kit/domain';
import fc from 'fast-check';
import { priceCart } from '../cart/cart-pricing.ts';
import { unitPriceOf } from '../cart/unit-price.ts';
import type { BilledOrder } from '../invoice/issue-invoice.ts';
import { agreementOf, paidAmounts } from '../order/order-agreement.ts';
import type { CandidatePromotion } from '../promotion/promotion.ts';
import { taxByRates } from '../tax/tax-calculation.ts';
import { TAX_ROUNDINGS } from '../tax/tax.ts';
import { aCart, aLine, aMethod, anAddress } from './carts.ts';

/** Sales in currencies with 0, 2 and 3 digits, by all rules of taxes. */
export const sales = fc.record({
  currency: fc.constantFrom('EUR', 'JPY', 'KWD', 'CLP'),
  shippingMinor: fc.nat(10_000),
  discount: fc.option(
    fc.oneof(
      fc.record({ type: fc.constant('PERCENTAGE' as const), basisPoints: fc.integer({ min: 1, max: 10_000 }) }),
      fc.record({ type: fc.constant('AMOUNT' as const), amountMinor: fc.integer({ min: 1, max: 100_000 }) }),
    ),
  ),
  lines: fc.array(
    fc.record({
      price: fc.nat(10_000_000),
      quantity: fc.integer({ min: 1, max: 12 }),
      taxCategory: fc.constantFrom(null, 'reduced', 'zero'),
      includesTax: fc.option(fc.boolean()),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  rules: fc.record({
    pricesIncludeTax: fc.boolean(),
    rounding: fc.constantFrom(...TAX_ROUNDINGS),
    isReverseCharge: fc.boolean(),
  }),
  /** Tax rates in millionths: two rates of the standard category, which apply together, and one reduced rate. */
  rates: fc.tuple(fc.integer({ min: 0, max: 400_000 }), fc.integer({ min: 0, max: 100_000 }), fc.nat(300_000)),
});
export type Sale = typeof sales extends fc.Arbitrary<infer Value> ? Value : never;

/** An order with the agreement that the checkout would store, and the total of the order. */
export function orderOf({ currency, shippingMinor, discount, lines, rules, rates }: Sale): {
  order: BilledOrder;
  total: Money;
} {
  const [federal, regional, reduced] = rates;
  const rate = (category: string, name: string, millionths: number) => ({
    category,
    name,
    millionths,
    from: null,
    until: null,
  });
  const cart = aCart({
    currency,
    email: 'buyer@example.test',
    shippingAddress: anAddress(),
    shippingMethodId: 'post',
    lines: lines.map(({ price, ...line }) => aLine({ unitPrice: unitPriceOf(`${price / 100}`, currency), ...line })),
  });
  const zone = {
    zone: 'Canada',
    rates: [rate('standard', 'GST', federal), rate('standard', 'PST', regional), rate('reduced', 'GST', reduced)],
    treatments: new Map(),
  };
  const priced = priceCart(cart, {
    promotions: discount ? [promotion(discount, currency)] : [],
    taxes: taxByRates({ ...rules, ...zone }),
    shippingTerms: [aMethod({ currency, priceMinor: shippingMinor }, { id: 'post', code: 'post', name: 'Post' })],
  });
  let ids = 0;
  const agreement = agreementOf(priced, () => `line ${++ids}`);
  if (!agreement) throw new Error('The cart lacks a part of an order');
  const billed = agreement.lines.map((line) => ({
    ...line,
    givenBack: 0,
    gross: line.total,
    taxLines: line.taxLines ?? null,
  }));
  const order = {
    ...agreement,
    number: 'S-1',
    purchaseOrderNumber: null,
    placedAt: new Date('2026-05-01T10:00:00Z'),
    lines: billed,
    shipping: paidAmounts(agreement).shipping,
    tax: agreement.totals.tax,
    taxes: agreement.taxes ?? null,
  };
  return { order, total: agreement.totals.total };
}

function promotion(discount: NonNullable<Sale['discount']>, currency: string): CandidatePromotion {
  const action =
    discount.type === 'PERCENTAGE'
      ? discount
      : { type: 'AMOUNT' as const, amounts: [{ currency, amountMinor: discount.amountMinor }] };
  const conditions = { productIds: [], minQuantity: 1, minSubtotals: [] };
  return { id: 'p', name: 'Sale', code: null, priority: 0, combinable: true, conditions, action, obstacle: null };
}
