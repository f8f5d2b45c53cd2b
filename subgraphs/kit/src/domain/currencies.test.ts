import { expect, test } from '@jest/globals';
import {
  CURRENCIES,
  currencyProblem,
  decimalAmount,
  exponentOf,
  isCurrencyCode,
  isKnownCurrency,
  money,
  WITHDRAWN_CURRENCIES,
} from './index.ts';
import { escaped, rowsBelow } from '../testing/money-page.ts';

function digitsOfIntl(currency: string): number | undefined {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits;
}

test.each(rowsBelow('Digits after the decimal point'))('%s has the digits of the page', (currency, digits, shown) => {
  expect([exponentOf(currency), decimalAmount(money(1234, currency))]).toEqual([Number(digits), shown]);
});

test('the page lists every currency to which Intl gives other digits, with both numbers', () => {
  const differing = Object.entries(CURRENCIES)
    .map(([currency, digits]) => [currency, `${digits}`, `${digitsOfIntl(currency)}`])
    .filter(([, digits, shown]) => digits !== shown);
  expect(rowsBelow('Where `Intl` has other digits')).toEqual(
    differing.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
  );
});

test('the page lists the withdrawn currencies, and their errors name the successor', () => {
  const listed = rowsBelow('Withdrawn currencies').map(([currency = '', digits, since, successor]) => [
    currency,
    { digits: Number(digits), since, successor },
  ]);
  expect(Object.fromEntries(listed)).toEqual(WITHDRAWN_CURRENCIES);
  for (const [currency, { successor }] of Object.entries(WITHDRAWN_CURRENCIES)) {
    expect([isCurrencyCode(currency), isKnownCurrency(currency), isCurrencyCode(successor)]).toEqual([
      false,
      true,
      true,
    ]);
    expect(currencyProblem(currency)).toContain(`Use ${successor}`);
  }
});

test('new currencies are accepted; metals, funds and test codes are not', () => {
  expect(['SLE', 'ZWG', 'XCG'].map((code) => isCurrencyCode(code))).toEqual([true, true, true]);
  expect(['XAU', 'XAD', 'XTS', 'XXX', 'eur', ''].map((code) => isKnownCurrency(code))).toEqual(Array(6).fill(false));
});

test.each(rowsBelow('Separators'))('Node prints an amount in %s as the page shows', (locale = '', shown = '') => {
  const printed = new Intl.NumberFormat(locale, { style: 'currency', currency: 'CHF' }).format(1234567.5);
  expect(escaped(printed)).toBe(shown);
});
