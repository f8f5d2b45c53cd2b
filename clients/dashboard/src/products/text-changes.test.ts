import { expect, test } from '@jest/globals';
import { changedFields, conflictsOf, keepMine, takeTheirs } from './text-changes.ts';

const loaded = { name: 'Lamp', slug: 'lamp', description: '' };

test('a missing field is empty', () => {
  expect(changedFields(loaded, { name: 'Lamp', slug: 'lamp' })).toEqual([]);
  expect(changedFields(loaded, { ...loaded, price: '5' })).toEqual(['price']);
});

test('a field is contested when both sides changed it differently', () => {
  const mine = { ...loaded, name: 'Cork lamp', slug: 'cork-lamp', description: 'Warm' };
  const theirs = { ...loaded, name: 'Bedside lamp', description: 'Warm', baseSku: 'BED' };
  expect(conflictsOf(loaded, mine, theirs)).toEqual([{ field: 'name', mine: 'Cork lamp', theirs: 'Bedside lamp' }]);
  expect(keepMine(loaded, mine, theirs)).toEqual({ ...mine, baseSku: 'BED' });
  expect(takeTheirs(loaded, mine, theirs)).toEqual({ ...mine, name: 'Bedside lamp', baseSku: 'BED' });
});
