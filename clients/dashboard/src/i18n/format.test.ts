import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareAmounts, formatAgo, formatMoney, readAmount, subtractMoney, sumMoney } from './format.ts';

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('money', () => {
  test.each([
    ['19.90', 'EUR', 'en', '€19.90'],
    ['19.90', 'EUR', 'de', '19,90 €'],
    ['1500', 'JPY', 'en', '¥1,500'],
    ['1.234', 'KWD', 'en', 'KWD 1.234'],
    ['90071992547409.93', 'USD', 'en', '$90,071,992,547,409.93'],
  ])('%s %s in %s is %s, exactly', (amount, currencyCode, locale, text) => {
    expect(plain(formatMoney({ amount, currencyCode }, locale))).toBe(text);
  });

  test('sums have the digits of the longest amount', () => {
    expect(sumMoney(['0.1', '0.25', '-1'])).toBe('-0.65');
    expect(sumMoney([])).toBe('0');
    expect(sumMoney(['90071992547409.93', '0.01'])).toBe('90071992547409.94');
  });

  test('a difference added again is the first amount', () => {
    const cents = fc.bigInt(-(10n ** 15n), 10n ** 15n);
    const money = (units: bigint) => ({ amount: sumMoney([`${units}`, '0.00']), currencyCode: 'EUR' });
    fc.assert(
      fc.property(cents, cents, (one, other) => {
        const { amount } = subtractMoney(money(one), money(other));
        expect(sumMoney([amount, money(other).amount])).toBe(money(one).amount);
        expect(compareAmounts(money(one).amount, money(other).amount)).toBe(Number(one > other) - Number(one < other));
      }),
    );
  });

  test.each([
    ['12', 2, '12.00'],
    [' 12,5 ', 2, '12.50'],
    ['12.50', 2, '12.50'],
    ['1500', 0, '1500'],
    ['12.505', 2, null],
    ['1.5', 0, null],
    ['-3', 2, null],
    ['1e3', 2, null],
    ['', 2, null],
  ])('"%s" with %d digits is read as %s', (text, digits, amount) => {
    expect(readAmount(text, digits)).toBe(amount);
  });
});

test('an elapsed time is shown in its largest whole unit', () => {
  const now = Date.parse('2026-05-03T12:00:00Z');
  expect(formatAgo('2026-05-03T11:59:31Z', 'en', now)).toBe('now');
  expect(formatAgo('2026-05-03T11:57:00Z', 'en', now)).toBe('3 minutes ago');
  expect(formatAgo('2026-05-02T11:00:00Z', 'en', now)).toBe('yesterday');
  expect(formatAgo('2026-05-03T12:00:09Z', 'de', now)).toBe('jetzt');
});
