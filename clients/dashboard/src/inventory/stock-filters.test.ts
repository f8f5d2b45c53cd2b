import { expect, test } from '@jest/globals';
import { readStockFilters, stockFilterInput, writeStockFilters, type StockFilters } from './stock-filters.ts';

test.each<StockFilters>([
  { tab: 'levels', sku: '', warehouseId: '', low: false },
  { tab: 'movements', sku: 'A&B', warehouseId: 'w1', low: true },
])('%o survives the address', (filters) => {
  expect(readStockFilters(writeStockFilters(filters))).toEqual(filters);
});

test('the API gets only filters that are set', () => {
  expect(stockFilterInput(readStockFilters(''))).toEqual({});
  expect(stockFilterInput(readStockFilters('sku=+LAMP+&warehouse=w1&low=true'))).toEqual({
    sku: 'LAMP',
    warehouseId: 'w1',
  });
});
