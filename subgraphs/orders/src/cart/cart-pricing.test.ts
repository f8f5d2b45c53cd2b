import { expect, test } from '@jest/globals';
import { add, money, subtract, sum } from '@souk/kit/domain';
import fc from 'fast-check';
import type { ShippingPrice } from '../shipping-method/shipping-rate.ts';
import { aCart, aLine, aMethod, aVariant, includedTax } from '../testing/carts.ts';
import { priceCart, priceChanges, settleCart } from './cart-pricing.ts';
import { unitPriceOf } from './unit-price.ts';

const euros = (amountMinor: number) => money(amountMinor, 'EUR');
const terms = { promotions: [], taxes: includedTax(1900), shippingTerms: [aMethod()] };

test('the total is subtotal - discount + shipping, and contains the tax of the lines and of the shipping', () => {
  const lines = [aLine({ unitPrice: '11.90', quantity: 2 }), aLine({ unitPrice: '1.19' })];
  const priced = priceCart(aCart({ lines, shippingMethodId: 'standard' }), terms);
  expect(priced.totals).toEqual({
    subtotal: euros(2499),
    discount: euros(0),
    shipping: euros(490),
    tax: euros(380 + 19 + 78),
    total: euros(2989),
  });
});

test('a unit price of six decimal places is rounded once, on the line', () => {
  const priced = priceCart(aCart({ lines: [aLine({ unitPrice: '0.333333', quantity: 300 })] }), terms);
  expect(priced.lines[0]?.total).toEqual(euros(10_000));
});

test('without an address a cart has no tax and offers no shipping method', () => {
  const priced = priceCart(aCart({ lines: [aLine()] }), { promotions: [], taxes: includedTax(0), shippingTerms: [] });
  expect(priced).toMatchObject({ totals: { tax: euros(0), shipping: euros(0) }, offeredShippingMethods: [] });
});

test('parts sum to the totals, and tax never exceeds the amount that contains it', () => {
  const line = fc.record({
    price: fc.integer({ min: 0, max: 10 ** 8 }),
    quantity: fc.integer({ min: 1, max: 10_000 }),
  });
  const currencies = fc.constantFrom('EUR', 'JPY', 'KWD');
  const property = fc.property(
    fc.array(line, { maxLength: 200 }),
    fc.integer({ min: 0, max: 10_000 }),
    fc.integer({ min: 0, max: 10 ** 6 }),
    currencies,
    (lines, taxBasisPoints, priceMinor, currency) => {
      const cartLines = lines.map(({ price, quantity }) =>
        aLine({ unitPrice: unitPriceOf(`${price / 100}`, currency), quantity }),
      );
      const cart = aCart({ currency, lines: cartLines, shippingMethodId: 'standard' });
      const priced = priceCart(cart, {
        promotions: [],
        taxes: includedTax(taxBasisPoints),
        shippingTerms: [aMethod({ currency, priceMinor })],
      });
      const { subtotal, discount, shipping, tax, total } = priced.totals;
      const column = (name: 'total' | 'discount' | 'tax') =>
        sum(
          priced.lines.map((each) => each[name]),
          currency,
        );
      expect(subtotal).toEqual(column('total'));
      expect(discount).toEqual(column('discount'));
      expect(tax).toEqual(add(column('tax'), priced.taxes.shipping.tax));
      expect(total).toEqual(add(subtract(subtotal, discount), shipping));
      expect(priced.lines.every((each) => each.tax.amountMinor <= each.total.amountMinor)).toBe(true);
    },
  );
  fc.assert(property, { numRuns: 50 });
});

test('a shipping method is offered within its bounds, both included, and in its currency', () => {
  const offered = (unitPrice: string, values: Partial<ShippingPrice>) =>
    priceCart(aCart({ lines: [aLine({ unitPrice })] }), {
      promotions: [],
      taxes: includedTax(0),
      shippingTerms: [aMethod(values)],
    }).offeredShippingMethods.length > 0;
  const bounds = { minSubtotalMinor: 1000, maxSubtotalMinor: 2000 };
  const prices = ['9.99', '10.00', '20.00', '20.01'];
  expect(prices.map((price) => offered(price, bounds))).toEqual([false, true, true, false]);
  expect(offered('10.00', { currency: 'USD' })).toBe(false);
});

test('shipping is free from the subtotal of the bound on', () => {
  const price = (unitPrice: string) =>
    priceCart(aCart({ lines: [aLine({ unitPrice })] }), { ...terms, shippingTerms: [aMethod({ freeFromMinor: 5000 })] })
      .offeredShippingMethods[0]?.price;
  expect([price('49.99'), price('50.00')]).toEqual([euros(490), euros(0)]);
});

test('a chosen shipping method that a change makes unavailable is removed from the cart', () => {
  const cart = aCart({ lines: [aLine()], shippingMethodId: 'standard' });
  const settled = settleCart(cart, { ...terms, shippingTerms: [aMethod({ minSubtotalMinor: 5000 })] });
  expect(settled).toMatchObject({ cart: { shippingMethodId: null }, shippingMethod: null });
  expect(settled.totals.shipping).toEqual(euros(0));
  expect(settleCart(cart, terms).cart.shippingMethodId).toBe('standard');
});

test("a price that differs from the buyer's price is reported as a change, an equal price is not", () => {
  const [same, dearer] = [aLine({ unitPrice: '10.00' }), aLine({ unitPrice: '10.00', sku: 'DEAR' })];
  const today = [aVariant({ ...same }), aVariant({ ...dearer, unitPrice: '11.00' })];
  expect(priceChanges(aCart({ lines: [same, dearer] }), today)).toEqual([
    { variantId: dearer.variantId, sku: 'DEAR', unitPrice: '11.00' },
  ]);
});

test('equal unit prices are equal texts', () => {
  expect(['19.9', '19.90', '19.900000'].map((price) => unitPriceOf(price, 'EUR'))).toEqual(Array(3).fill('19.90'));
  expect(unitPriceOf('0.012345', 'EUR')).toBe('0.012345');
  expect([unitPriceOf('1500.000000', 'JPY'), unitPriceOf('1500.5', 'JPY')]).toEqual(['1500', '1500.5']);
  expect(unitPriceOf('1.2', 'KWD')).toBe('1.200');
});
