import { expect, test } from '@jest/globals';
import { add, money, sum } from '@souk/kit/domain';
import fc from 'fast-check';
import { priceCart } from '../cart/cart-pricing.ts';
import type { PricedCart } from '../cart/cart.ts';
import { unitPriceOf } from '../cart/unit-price.ts';
import { taxByRates } from '../tax/tax-calculation.ts';
import { TAX_ROUNDINGS } from '../tax/tax.ts';
import { aCart, aLine, aMethod, anAddress } from '../testing/carts.ts';
import { shareOfUnits } from './given-back.ts';
import { agreementOf, paidAmounts, type OrderAgreement } from './order-agreement.ts';

const rules = fc.record({
  pricesIncludeTax: fc.boolean(),
  rounding: fc.constantFrom(...TAX_ROUNDINGS),
  isReverseCharge: fc.boolean(),
  millionths: fc.integer({ min: 0, max: 1_000_000 }),
});
const goods = fc.record({
  currency: fc.constantFrom('EUR', 'JPY', 'KWD', 'CLP'),
  priceMinor: fc.nat(10_000),
  lines: fc.array(
    fc.record({
      price: fc.nat(10_000_000),
      quantity: fc.integer({ min: 1, max: 60 }),
      taxCategory: fc.constantFrom(null, 'zero'),
    }),
    { minLength: 1, maxLength: 10 },
  ),
});

type Generated<Values> = Values extends fc.Arbitrary<infer Value> ? Value : never;

function priced(
  { currency, priceMinor, lines }: Generated<typeof goods>,
  { millionths, ...settings }: Generated<typeof rules>,
): PricedCart {
  const rate = { category: 'standard', name: 'VAT', millionths, from: null, until: null };
  const cart = aCart({
    currency,
    email: 'buyer@example.test',
    shippingAddress: anAddress(),
    shippingMethodId: 'standard',
    lines: lines.map(({ price, ...line }) => aLine({ unitPrice: unitPriceOf(`${price / 100}`, currency), ...line })),
  });
  return priceCart(cart, {
    promotions: [],
    taxes: taxByRates({ ...settings, zone: 'Germany', rates: [rate], treatments: new Map() }),
    shippingTerms: [aMethod({ currency, priceMinor })],
  });
}

function agreed(cart: PricedCart): Required<OrderAgreement> {
  let ids = 0;
  const agreement = agreementOf(cart, () => `line ${++ids}`);
  if (!agreement?.taxes || !agreement.discounts || !agreement.remarks)
    throw new Error('The cart lacks a part of an order');
  const { taxes, discounts, remarks } = agreement;
  return { customerId: null, channelId: null, ...agreement, taxes, discounts, remarks };
}

test('the units of all lines, given back one by one, and the shipping are what the buyer paid', () => {
  fc.assert(
    fc.property(goods, rules, (values, settings) => {
      const { currency, lines, taxes, totals } = agreed(priced(values, settings));
      const refunds = lines.flatMap((line) =>
        Array.from({ length: line.quantity }, (_, canceledQuantity) =>
          shareOfUnits({ ...line, canceledQuantity, returnedQuantity: 0 }, 1),
        ),
      );
      expect(add(sum(refunds, currency), taxes.shipping.gross)).toEqual(totals.total);
    }),
  );
});

test('the amounts of an order add up, and its taxes are those of its lines and its shipping', () => {
  fc.assert(
    fc.property(goods, rules, (values, settings) => {
      const cart = priced(values, settings);
      const agreement = agreed(cart);
      const { currency, lines, taxes, totals } = agreement;
      const paid = paidAmounts(agreement);
      expect(add(paid.goods, paid.shipping)).toEqual(totals.total);
      expect(add(totals.subtotal, totals.shipping, cart.taxAdjustment)).toEqual(totals.total);
      const taxOf = (parts: readonly { readonly tax: { readonly amountMinor: number } }[]) =>
        parts.reduce((all, { tax }) => all + tax.amountMinor, 0);
      expect(money(taxOf([...lines, taxes.shipping]), currency)).toEqual(totals.tax);
      const amounts = taxes.lines.map(({ amount }) => amount);
      expect(sum(amounts, currency)).toEqual(totals.tax);
    }),
  );
});
