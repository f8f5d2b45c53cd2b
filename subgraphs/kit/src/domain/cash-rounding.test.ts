import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CASH_ROUNDING, cashAmount } from './cash-rounding.ts';
import { rowsBelow } from '../testing/money-page.ts';
import { decimalAmount, money, moneyFromDecimal } from './money.ts';

const rows = rowsBelow('Cash');

test('the page lists every currency whose cash is rounded', () => {
  expect(rows.map(([currency]) => currency)).toEqual(Object.keys(CASH_ROUNDING));
});

test.each(rows)('%s is rounded to %s, and its examples to theirs', (currency = '', increment = '', example = '') => {
  expect(money(CASH_ROUNDING[currency]?.incrementMinor ?? 0, currency)).toEqual(moneyFromDecimal(increment, currency));
  for (const pair of example.split(', ')) {
    const [exact = '', rounded] = pair.split(' → ');
    expect(decimalAmount(cashAmount(moneyFromDecimal(exact, currency)))).toBe(rounded);
  }
});

test('a rounded amount is a multiple of the coin, at most half a coin away, and stays when it is rounded again', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(CASH_ROUNDING)),
      fc.integer({ min: -(10 ** 12), max: 10 ** 12 }),
      (currency, amountMinor) => {
        const { incrementMinor = 0 } = CASH_ROUNDING[currency] ?? {};
        const rounded = cashAmount(money(amountMinor, currency));
        expect(Math.abs(rounded.amountMinor % incrementMinor)).toBe(0);
        expect(Math.abs(rounded.amountMinor - amountMinor)).toBeLessThanOrEqual(incrementMinor / 2);
        expect(cashAmount(rounded)).toEqual(rounded);
        expect(cashAmount(money(-amountMinor, currency)).amountMinor + rounded.amountMinor).toBe(0);
      },
    ),
  );
});

test('other currencies keep every minor unit', () => {
  expect(cashAmount(money(1234, 'EUR'))).toEqual(money(1234, 'EUR'));
});
