import { expect, test } from '@jest/globals';
import { defaultItemOf, withList, type Wishlist } from './wishlist-changes.ts';

const variant = { id: 'lamp', sku: 'LAMP', name: 'Lamp', product: null, options: [], price: null, availability: null };
const item = { id: 'item', addedAt: '2026-05-03T12:05:00.000Z', variant };
const list = (id: string, isDefault: boolean, items: Wishlist['items']): Wishlist => ({
  id,
  name: id,
  isDefault,
  version: 1,
  items,
});

test('a changed list keeps its place, and a new list is the last one', () => {
  const lists = [list('one', true, []), list('two', false, [])];
  expect(withList(lists, list('one', true, [item])).map(({ id, items }) => [id, items.length])).toEqual([
    ['one', 1],
    ['two', 0],
  ]);
  expect(withList(lists, list('three', false, [])).map(({ id }) => id)).toEqual(['one', 'two', 'three']);
});

test('the item of a variant is found in the default list alone', () => {
  expect(defaultItemOf([list('one', false, []), list('two', true, [item])], 'lamp')).toBe(item);
  expect(defaultItemOf([list('one', true, []), list('two', false, [item])], 'lamp')).toBeUndefined();
  expect(defaultItemOf([list('one', true, [{ ...item, variant: null }])], 'lamp')).toBeUndefined();
  expect(defaultItemOf([], 'lamp')).toBeUndefined();
});
