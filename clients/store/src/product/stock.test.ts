import { expect, test } from '@jest/globals';
import { stockWord, totalStock } from './stock.ts';

test.each([
  [{ inStock: true, quantity: 20 }, 'stock.in'],
  [{ inStock: true, quantity: 5 }, 'stock.low'],
  [{ inStock: false, quantity: 0 }, 'stock.out'],
])('%j is %s', (availability, key) => {
  expect(stockWord(availability)?.key).toBe(key);
});

test('an inventory that does not answer is not called sold out', () => {
  expect(stockWord(null)).toBeNull();
  expect(totalStock([{ availability: null }])).toBeNull();
});

test('a product has the units of its variants', () => {
  const variants = [
    { availability: { inStock: false, quantity: 0 } },
    { availability: { inStock: true, quantity: 2 } },
  ];
  expect(totalStock(variants)).toEqual({ inStock: true, quantity: 2 });
});
