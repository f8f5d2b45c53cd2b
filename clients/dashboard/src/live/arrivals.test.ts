import { expect, test } from '@jest/globals';
import { arrive, withRead, type LiveOrder } from './arrivals.ts';

const order = (id: string, version = 1): LiveOrder => ({
  id,
  version,
  number: id,
  email: 'ada@shop.test',
  status: 'CONFIRMED',
  paymentStatus: 'PAID',
  fulfillmentStatus: 'UNFULFILLED',
  placedAt: '2026-05-13T10:00:00Z',
  totals: { total: { amount: '1.00', currencyCode: 'EUR' } },
  change: 'PLACED',
  receivedAt: 1,
});
const ids = (orders: readonly LiveOrder[]) => orders.map(({ id, version }) => `${id}@${version}`);

test('a changed order moves to the front, once', () => {
  const list = [order('a'), order('b')].reduce(arrive, [] as readonly LiveOrder[]);
  expect(ids(list)).toEqual(['b@1', 'a@1']);
  expect(ids(arrive(list, order('a', 2)))).toEqual(['a@2', 'b@1']);
});

test('an older version of an order changes nothing', () => {
  expect(ids(arrive([order('a', 3)], order('a', 2)))).toEqual(['a@3']);
});

test('the list is bounded, and read orders fill what was not delivered', () => {
  const many = Array.from({ length: 30 }, (_, index) => order(String(index)));
  const list = many.reduce(arrive, [] as readonly LiveOrder[]);
  expect(list).toHaveLength(20);
  expect(list[0]?.id).toBe('29');
  expect(ids(withRead([order('a', 2)], [order('a'), order('b')]))).toEqual(['a@2', 'b@1']);
});
