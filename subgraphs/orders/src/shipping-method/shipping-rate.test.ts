import { expect, test } from '@jest/globals';
import { money } from '@souk/kit/domain';
import fc from 'fast-check';
import { aShippingPrice } from '../testing/carts.ts';
import { steppedRate, type Parcel, type ShippingPrice } from './shipping-rate.ts';

const aParcel = (values: Partial<Parcel> = {}): Parcel => ({
  subtotal: money(10_000, 'EUR'),
  weightGrams: 1000,
  quantity: 1,
  ...values,
});
const minorOf = (price: ShippingPrice, parcel: Parcel) => {
  const quote = steppedRate(price, parcel);
  return quote.ok ? quote.value.price.amountMinor : quote.error;
};

test.each([
  ['WEIGHT', { weightGrams: 0 }, 490],
  ['WEIGHT', { weightGrams: 4999 }, 490],
  ['WEIGHT', { weightGrams: 5000 }, 790],
  ['WEIGHT', { weightGrams: 10_000 }, 1590],
  ['WEIGHT', { weightGrams: 10_000_000 }, 1590],
  ['COUNT', { quantity: 4999 }, 490],
  ['COUNT', { quantity: 5000 }, 790],
  ['VALUE', { subtotal: money(4999, 'EUR') }, 490],
  ['VALUE', { subtotal: money(5000, 'EUR') }, 790],
] as const)('steps by %s: a parcel of %j costs %i', (stepsBy, parcel, cost) => {
  const steps = [
    { from: 5000, priceMinor: 790 },
    { from: 10_000, priceMinor: 1590 },
  ];
  expect(minorOf(aShippingPrice({ stepsBy, steps }), aParcel({ subtotal: money(0, 'EUR'), ...parcel }))).toBe(cost);
});

test.each([
  [{ minSubtotalMinor: 10_001 }, 'SUBTOTAL_TOO_LOW'],
  [{ minSubtotalMinor: 10_000, maxSubtotalMinor: 10_000 }, 490],
  [{ maxSubtotalMinor: 9999 }, 'SUBTOTAL_TOO_HIGH'],
  [{ minWeightGrams: 1001 }, 'WEIGHT_TOO_LOW'],
  [{ minWeightGrams: 1000, maxWeightGrams: 1000 }, 490],
  [{ maxWeightGrams: 999 }, 'WEIGHT_TOO_HIGH'],
] as const)('bounds are included: %j', (bounds, expected) => {
  expect(minorOf(aShippingPrice(bounds), aParcel())).toBe(expected);
});

test.each(['EUR', 'JPY', 'KWD'])('the missing amount until free shipping is exact in %s', (currency) => {
  const property = fc.property(fc.nat(10 ** 9), fc.nat(10 ** 9), (freeFromMinor, value) => {
    const price = aShippingPrice({ currency, freeFromMinor });
    const quote = steppedRate(price, aParcel({ subtotal: money(value, currency) }));
    if (!quote.ok) throw new Error(quote.error);
    const { price: cost, freeFrom, untilFree } = quote.value;
    expect(freeFrom).toEqual(money(freeFromMinor, currency));
    expect(cost).toEqual(money(value >= freeFromMinor ? 0 : price.priceMinor, currency));
    expect(value + (untilFree?.amountMinor ?? 0)).toBe(Math.max(value, freeFromMinor));
  });
  fc.assert(property);
});

/** Steps with ascending starts and random prices. */
const steps = fc
  .uniqueArray(fc.record({ from: fc.integer({ min: 1, max: 10 ** 6 }), priceMinor: fc.nat(10 ** 6) }), {
    selector: ({ from }) => from,
    maxLength: 20,
  })
  .map((list) => list.toSorted((a, b) => a.from - b.from));
const priced = fc.record({
  priceMinor: fc.nat(10 ** 6),
  stepsBy: fc.constantFrom('WEIGHT', 'VALUE', 'COUNT'),
  steps,
  currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
});
const ofSize = (size: number, currency: string): Parcel => ({
  subtotal: money(size, currency),
  weightGrams: size,
  quantity: size,
});

test('every size has exactly one price: the one of the last step that it reaches', () => {
  const property = fc.property(priced, fc.nat(1_100_000), (values, size) => {
    const bands = [{ from: 0, priceMinor: values.priceMinor }, ...values.steps];
    const matching = bands.filter(({ from }, index) => from <= size && size < (bands[index + 1]?.from ?? Infinity));
    expect(matching).toHaveLength(1);
    expect(minorOf(aShippingPrice(values), ofSize(size, values.currency))).toBe(matching[0]?.priceMinor);
  });
  fc.assert(property);
});

test('a larger parcel never costs less when the prices of the steps never fall', () => {
  const property = fc.property(priced, fc.nat(1_100_000), fc.nat(1_100_000), (values, one, other) => {
    const [priceMinor = 0, ...rising] = [values.priceMinor, ...values.steps.map((step) => step.priceMinor)].toSorted(
      (a, b) => a - b,
    );
    const stepsOf = values.steps.map(({ from }, index) => ({ from, priceMinor: rising[index] ?? 0 }));
    const price = aShippingPrice({ ...values, priceMinor, steps: stepsOf });
    const [small, large] = [Math.min(one, other), Math.max(one, other)].map((size) =>
      Number(minorOf(price, ofSize(size, values.currency))),
    );
    expect(large).toBeGreaterThanOrEqual(small ?? NaN);
  });
  fc.assert(property);
});
