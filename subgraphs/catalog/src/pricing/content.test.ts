import { expect, test } from '@jest/globals';
import { decimalAmount } from '@souk/kit/domain';
import fc from 'fast-check';
import { checkContent, measurePrice, MEASURE_UNITS, type Content } from './content.ts';

test.each<[Content, string, string, string, string]>([
  [{ amount: '750', unit: 'MILLILITER' }, '8.990000', 'EUR', '11.99', 'LITER'],
  [{ amount: '0.75', unit: 'LITER' }, '8.99', 'EUR', '11.99', 'LITER'],
  [{ amount: '70', unit: 'CENTILITER' }, '14', 'EUR', '20.00', 'LITER'],
  [{ amount: '125', unit: 'GRAM' }, '2.49', 'EUR', '19.92', 'KILOGRAM'],
  [{ amount: '500', unit: 'MILLIGRAM' }, '0.01', 'EUR', '20.00', 'KILOGRAM'],
  [{ amount: '2.5', unit: 'METER' }, '9.99', 'EUR', '4.00', 'METER'],
  [{ amount: '30', unit: 'CENTIMETER' }, '100', 'JPY', '333', 'METER'],
  [{ amount: '6', unit: 'PIECE' }, '0.001', 'EUR', '0.00', 'PIECE'],
  [{ amount: '3', unit: 'SQUARE_METER' }, '10', 'KWD', '3.333', 'SQUARE_METER'],
])('%j at %s %s costs %s for one %s', (content, unitPrice, currency, price, unit) => {
  const shown = measurePrice(content, unitPrice, currency);
  expect([decimalAmount(shown.price), shown.unit]).toEqual([price, unit]);
});

test('contents of zero, negative ones and texts are refused', () => {
  const isFine = (amount: string) => checkContent({ amount, unit: 'GRAM' }).ok;
  expect(['1', '0.001', '999999'].map(isFine)).toEqual([true, true, true]);
  expect(['0', '0.000', '-1', '0.0001', '1e3', ''].map(isFine)).toEqual([false, false, false, false, false, false]);
  expect(checkContent(null).ok).toBe(true);
});

test('the price of a content of one measure is the unit price, rounded', () => {
  const minor = fc.integer({ min: 0, max: 10_000_000 });
  fc.assert(
    fc.property(fc.constantFrom(...MEASURE_UNITS), minor, (unit, cents) => {
      const { unit: shown } = measurePrice({ amount: '1', unit }, '1', 'EUR');
      const { price } = measurePrice({ amount: '1', unit: shown }, (cents / 100).toFixed(2), 'EUR');
      expect(price.amountMinor).toBe(cents);
    }),
  );
});
