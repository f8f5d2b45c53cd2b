import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  add,
  allocate,
  basisPoints,
  decimalAmount,
  formatScaled,
  isDecimal,
  lineTotal,
  money,
  moneyFromDecimal,
  parseScaled,
  sum,
} from './index.ts';

const amounts = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });

describe('money', () => {
  test('the parts of a split sum to the total, and no part is off by more than one minor unit', () => {
    fc.assert(
      fc.property(amounts, fc.array(fc.nat(1000), { minLength: 1, maxLength: 30 }), (amount, weights) => {
        const parts = allocate(money(amount, 'EUR'), weights);
        expect(sum(parts, 'EUR').amountMinor).toBe(amount);
        const total = weights.reduce((all, weight) => all + weight, 0);
        if (total === 0) return;
        weights.forEach((weight, index) => {
          expect(Math.abs((parts[index]?.amountMinor ?? NaN) - (amount * weight) / total)).toBeLessThan(1);
        });
      }),
    );
  });

  test('an amount survives its decimal notation in every exponent', () => {
    fc.assert(
      fc.property(amounts, fc.constantFrom('JPY', 'EUR', 'BHD'), (amount, currency) => {
        expect(moneyFromDecimal(decimalAmount(money(amount, currency)), currency)).toEqual(money(amount, currency));
      }),
    );
  });

  test('each currency has its own number of digits', () => {
    expect(['JPY', 'EUR', 'BHD'].map((currency) => decimalAmount(money(1234, currency)))).toEqual([
      '1234',
      '12.34',
      '1.234',
    ]);
  });

  test('a line is rounded once, half up', () => {
    expect(lineTotal('0.005', 1, 'EUR')).toEqual(money(1, 'EUR'));
    expect(lineTotal('0.333333', 3, 'EUR')).toEqual(money(100, 'EUR'));
    expect(lineTotal('19.99', 3, 'EUR')).toEqual(money(5997, 'EUR'));
    expect(basisPoints(money(1050, 'EUR'), 1900)).toEqual(money(200, 'EUR'));
  });

  test('currencies are never mixed, and an amount never leaves the safe range', () => {
    expect(() => add(money(1, 'EUR'), money(1, 'USD'))).toThrow(RangeError);
    expect(() => add(money(Number.MAX_SAFE_INTEGER, 'EUR'), money(1, 'EUR'))).toThrow(RangeError);
    expect(() => moneyFromDecimal('1.005', 'EUR')).toThrow(RangeError);
  });
});

test('a decimal is digits with one point, never a float notation', () => {
  expect(['1', '-1.50', '0.000001'].map((text) => isDecimal(text))).toEqual([true, true, true]);
  expect(['', '1e5', '1.', '.5', '1,5', '0.0000001', 'NaN', '1'.repeat(21)].map((text) => isDecimal(text))).toEqual(
    Array(8).fill(false),
  );
  expect(formatScaled(parseScaled('-0.05', 2), 2)).toBe('-0.05');
});
