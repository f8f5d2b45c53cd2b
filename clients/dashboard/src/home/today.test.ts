import { expect, test } from '@jest/globals';
import { mainCurrency, salesOf, startOfDay, type CountedOrder } from './today.ts';

const NOW = new Date(2026, 4, 13, 15, 30).getTime();
const at = (daysAgo: number, hour: number) => new Date(2026, 4, 13 - daysAgo, hour).toISOString();

function order(placedAt: string, amount: string, more: Partial<CountedOrder> = {}): CountedOrder {
  const currencyCode = more.currencyCode ?? 'EUR';
  return { placedAt, status: 'CONFIRMED', currencyCode, totals: { total: { amount, currencyCode } }, ...more };
}

test('today counts from local midnight, without canceled orders and other currencies', () => {
  const sales = salesOf(
    [
      order(at(0, 0), '10.00'),
      order(at(0, 14), '5.01'),
      order(at(1, 23), '99.00'),
      order(at(0, 9), '70.00', { status: 'CANCELED' }),
      order(at(0, 9), '70.00', { currencyCode: 'USD' }),
    ],
    'EUR',
    NOW,
  );
  expect(sales.revenue).toEqual({ amount: '15.01', currencyCode: 'EUR' });
  expect(sales.orders).toBe(2);
  expect(sales.average).toEqual({ amount: '7.50', currencyCode: 'EUR' });
});

test('the change compares with the same weekday until the same time', () => {
  const orders = [order(at(0, 10), '15.00'), order(at(7, 10), '10.00'), order(at(7, 16), '500.00')];
  expect(salesOf(orders, 'EUR', NOW).change).toBeCloseTo(0.5);
  expect(salesOf([order(at(0, 10), '15.00')], 'EUR', NOW).change).toBeNull();
});

test('the chart has seven days, the oldest first', () => {
  const { days } = salesOf([order(at(6, 8), '1.00'), order(at(0, 8), '2.00'), order(at(7, 23), '9.00')], 'EUR', NOW);
  expect(days.map(({ revenue }) => revenue.amount)).toEqual(['1.00', '0', '0', '0', '0', '0', '2.00']);
  expect(days[0]?.day).toBe(new Date(2026, 4, 7).getTime());
});

test('without orders nothing is divided by zero', () => {
  expect(salesOf([], 'EUR', NOW)).toMatchObject({ orders: 0, average: null, change: null });
});

test('the main currency is the one of most orders', () => {
  expect(mainCurrency([])).toBeNull();
  const orders = [order(at(0, 1), '1'), order(at(0, 1), '1', { currencyCode: 'USD' }), order(at(0, 2), '1')];
  expect(mainCurrency(orders)).toBe('EUR');
});

test('a day begins at local midnight', () => {
  expect(startOfDay(NOW, 1)).toBe(new Date(2026, 4, 12).getTime());
});
