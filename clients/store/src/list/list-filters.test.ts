import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { apiFilter, filtersIn, searchOf, SORTS, typedPrice, type ListFilters, type Sort } from './list-filters.ts';

const price = fc.option(fc.integer({ min: 0, max: 99_999 }).map((cents) => (cents / 100).toFixed(2)));
const filters: fc.Arbitrary<ListFilters> = fc.record({
  sort: fc.constantFrom(...(Object.keys(SORTS) as Sort[])),
  inStock: fc.boolean(),
  min: price,
  max: price,
});

test('the address holds every filter', () => {
  fc.assert(fc.property(filters, (each) => expect(filtersIn(searchOf(each))).toEqual(each)));
});

test('a hostile address sets no filter', () => {
  const none = { sort: 'newest', inStock: false, min: null, max: null };
  expect(filtersIn('?sort=__proto__&min=1e9&max=-1&stock=yes')).toEqual(none);
});

test('prices are filtered in the currency of the list alone', () => {
  const each = filtersIn('?min=10&stock=in');
  expect(apiFilter(each, 'EUR')).toEqual({ inStock: true, price: { currencyCode: 'EUR', min: '10' } });
  expect(apiFilter(each, null)).toEqual({ inStock: true });
});

test.each([
  ['', null],
  [' 19,90 ', '19.90'],
  ['20', '20'],
  ['twenty', undefined],
  ['-1', undefined],
])('the price "%s" is read as %s', (text, read) => {
  expect(typedPrice(text)).toBe(read);
});
