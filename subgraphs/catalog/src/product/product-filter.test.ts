import { expect, test } from '@jest/globals';
import { isInIndexOrder, priceBounds, sortOf } from './product-filter.ts';

test('the default directions are newest first, names and prices ascending', () => {
  expect(sortOf()).toEqual({ field: 'NEWEST', direction: 'desc' });
  expect(sortOf('NAME')).toEqual({ field: 'NAME', direction: 'asc' });
  expect(sortOf('PRICE', 'desc')).toEqual({ field: 'PRICE', direction: 'desc' });
});

test('an index has all products in every order, and the newest of one category or collection', () => {
  const [newest, byName] = [sortOf(), sortOf('NAME')];
  expect(isInIndexOrder({}, byName)).toBe(true);
  expect(isInIndexOrder({ category: 'shirts', price: null }, newest)).toBe(true);
  expect(isInIndexOrder({ category: 'shirts' }, byName)).toBe(false);
  expect(isInIndexOrder({ category: 'shirts', collection: 'summer' }, newest)).toBe(false);
  expect(isInIndexOrder({ inStock: false }, newest)).toBe(false);
  expect(isInIndexOrder({ ids: [] }, newest)).toBe(false);
});

test('the bounds of a price filter are minor units, and missing bounds are open', () => {
  expect(priceBounds({ min: '10', max: '19.99', currency: 'EUR' })).toEqual({ minMinor: 1000, maxMinor: 1999 });
  expect(priceBounds({ currency: 'JPY' })).toEqual({ minMinor: 0, maxMinor: Number.MAX_SAFE_INTEGER });
});

test('an absurd bound is clamped to the range of prices', () => {
  expect(priceBounds({ min: '-5', max: '99999999999999999999', currency: 'EUR' })).toEqual({
    minMinor: 0,
    maxMinor: Number.MAX_SAFE_INTEGER,
  });
});
