import { expect, test } from '@jest/globals';
import { checkMove, MAX_DEPTH, parentsFirst } from './category-tree.ts';

test('a category can move anywhere outside of its own subtree', () => {
  expect(checkMove('shirts', ['men', 'clothing'], 1)).toMatchObject({ ok: true });
  expect(checkMove('shirts', [], 3)).toMatchObject({ ok: true });
});

test('a category cannot move below itself or below one of its descendants', () => {
  expect(checkMove('men', ['men'], 1)).toMatchObject({ error: { code: 'CATEGORY_CYCLE', field: ['parentId'] } });
  expect(checkMove('clothing', ['shirts', 'men', 'clothing'], 3)).toMatchObject({ error: { code: 'CATEGORY_CYCLE' } });
});

test('the levels of the subtree count towards the maximum depth', () => {
  const deep = Array.from({ length: MAX_DEPTH - 2 }, (_, level) => `${level}`);
  expect(checkMove('leaf', deep, 2)).toMatchObject({ ok: true });
  expect(checkMove('leaf', deep, 3)).toMatchObject({ error: { code: 'CATEGORY_TOO_DEEP' } });
});

test('parents are sorted before their children, whatever the input order', () => {
  const ordered = parentsFirst([
    { slug: 'shirts', parentSlug: 'men' },
    { slug: 'men', parentSlug: 'clothing' },
    { slug: 'clothing' },
    { slug: 'socks', parentSlug: 'stored-already' },
  ]).map(({ slug }) => slug);
  expect(ordered).toEqual(['clothing', 'socks', 'men', 'shirts']);
});

test('a cycle is refused', () => {
  expect(() =>
    parentsFirst([
      { slug: 'a', parentSlug: 'b' },
      { slug: 'b', parentSlug: 'a' },
    ]),
  ).toThrow(/cycle: a, b/);
});
