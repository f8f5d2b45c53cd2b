import { expect, test } from '@jest/globals';
import { productListInput, readProductFilters, SORTS, STOCKS, writeProductFilters } from './product-filters.ts';

test('filters survive the address', () => {
  for (const stock of STOCKS)
    for (const sort of SORTS)
      for (const [sku, category] of [
        ['', ''],
        ['A&B 1', 'lamps'],
      ] as const) {
        const filters = { sku, category, stock, sort };
        expect(readProductFilters(writeProductFilters(filters))).toEqual(filters);
      }
});

test('the API gets only filters that are set', () => {
  expect(productListInput(readProductFilters(''))).toEqual({ filter: {}, sort: { field: 'NEWEST' } });
  expect(productListInput({ sku: ' LAMP-1 ', category: 'lamps', stock: 'soldOut', sort: 'name' })).toEqual({
    filter: { skus: ['LAMP-1'], category: 'lamps', inStock: false },
    sort: { field: 'NAME' },
  });
});
