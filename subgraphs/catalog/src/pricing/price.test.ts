import { expect, test } from '@jest/globals';
import { amountMinorOf, checkPrices, isPayable, shownAmount } from './price.ts';

test.each([
  ['19.900000', 'EUR', '19.90'],
  ['0.001500', 'EUR', '0.0015'],
  ['100', 'EUR', '100.00'],
  ['1200.000000', 'JPY', '1200'],
  ['1200.500000', 'JPY', '1200.5'],
  ['3.2', 'KWD', '3.200'],
])('%s %s is shown as %s', (stored, currency, shown) => {
  expect(shownAmount(stored, currency)).toBe(shown);
});

test('the price of one unit in minor units is rounded half up', () => {
  expect(amountMinorOf({ amount: '19.905', currency: 'EUR' })).toBe(1991);
  expect(amountMinorOf({ amount: '1200.4', currency: 'JPY' })).toBe(1200);
});

test('negative prices, unknown currencies and two prices in one currency are refused', () => {
  expect(checkPrices([{ amount: '0', currency: 'EUR' }])).toMatchObject({ ok: true });
  expect(
    checkPrices([
      { amount: '1', currency: 'EUR' },
      { amount: '-1', currency: 'USD' },
    ]),
  ).toMatchObject({ error: { field: ['prices', '1'] } });
  expect(checkPrices([{ amount: '1', currency: 'XXX' }])).toMatchObject({ ok: false });
  expect(
    checkPrices([
      { amount: '1', currency: 'EUR' },
      { amount: '2', currency: 'EUR' },
    ]),
  ).toMatchObject({ ok: false });
});

test('an amount that the currency cannot pay is refused, prices below one unit of the currency are not', () => {
  const isRefused = (amount: string, currency: string) => !checkPrices([{ amount, currency }]).ok;
  expect([isRefused('100.50', 'JPY'), isRefused('100', 'JPY'), isRefused('0.25', 'JPY')]).toEqual([true, false, false]);
  expect([isRefused('0.001234', 'EUR'), isRefused('19.905', 'EUR'), isRefused('1.2345', 'KWD')]).toEqual([
    false,
    false,
    false,
  ]);
  expect([isPayable('99.5', 'JPY', 10), isPayable('99.5', 'JPY', 5)]).toEqual([true, false]);
});
