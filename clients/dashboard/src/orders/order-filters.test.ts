import { expect, test } from '@jest/globals';
import { filterInput, ORDER_VIEWS, PERIODS, readFilters, writeFilters } from './order-filters.ts';

const NOW = new Date(2026, 4, 13, 15, 30).getTime();

test('filters survive the address', () => {
  for (const view of ORDER_VIEWS)
    for (const period of PERIODS)
      for (const search of ['', 'Ada +1']) {
        const filters = { view, period, search, tag: search };
        expect(readFilters(writeFilters(filters))).toEqual(filters);
      }
});

test('an address without filters, or with unknown ones, shows everything', () => {
  expect(writeFilters(readFilters(''))).toBe('');
  expect(readFilters('?view=secret&period=never')).toEqual({ view: 'all', search: '', tag: '', period: 'anytime' });
});

test('the API gets the view, the search, the tag and the start of the period', () => {
  expect(filterInput({ view: 'toShip', search: ' ada@shop.test ', tag: ' vip ', period: 'week' }, NOW)).toEqual({
    status: 'CONFIRMED',
    fulfillmentStatus: 'UNFULFILLED',
    search: 'ada@shop.test',
    tag: 'vip',
    placedAfter: new Date(2026, 4, 7).toISOString(),
  });
  expect(filterInput({ view: 'all', search: '', tag: '', period: 'anytime' }, NOW)).toEqual({});
});
