import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addressOf,
  apiSearchFilter,
  bandOf,
  SEARCH_SORTS,
  searchIn,
  toggled,
  type SearchOrder,
  type SearchState,
} from './search-filters.ts';

const code = fc.constantFrom('category', 'brand', 'tag', 'price', 'stock', 'attribute:material', 'attribute:origin');
const states: fc.Arbitrary<SearchState> = fc.record({
  query: fc.string({ maxLength: 40 }),
  sort: fc.constantFrom(...(Object.keys(SEARCH_SORTS) as SearchOrder[])),
  values: fc.dictionary(code, fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 3 }), {
    noNullPrototype: true,
  }),
});

test('the address holds the whole search', () => {
  fc.assert(fc.property(states, (state) => expect(searchIn(addressOf(state))).toEqual(state)));
});

test('choosing a value twice changes nothing', () => {
  const state = searchIn('?q=lamp&attribute:material=Brass');
  expect(toggled(toggled(state, 'category', 'lamps'), 'category', 'lamps')).toEqual(state);
  expect(toggled(state, 'attribute:material', 'Steel').values).toEqual({ 'attribute:material': ['Brass', 'Steel'] });
  expect(toggled(state, 'attribute:material', 'Brass').values).toEqual({});
});

test('a price band replaces another one', () => {
  expect(toggled(searchIn('?q=&price=0.00-9.99'), 'price', '10.00-24.99').values).toEqual({ price: ['10.00-24.99'] });
  expect(bandOf('100000.00-')).toEqual({ min: '100000.00', max: null });
  expect(bandOf('cheap')).toBeNull();
});

test('chosen values become a filter', () => {
  const state = searchIn(
    '?q=lamp&category=lamps&price=10.00-24.99&stock=in&attribute:material=Brass&brand=luz&tag=gift&__proto__=x',
  );
  expect(apiSearchFilter(state, 'EUR')).toEqual({
    categories: ['lamps'],
    brands: ['luz'],
    tags: ['gift'],
    price: { min: '10.00', max: '24.99', currencyCode: 'EUR' },
    attributes: [{ code: 'material', values: ['Brass'] }],
    inStock: true,
  });
  expect(apiSearchFilter(state, null)).not.toHaveProperty('price');
});
