import { expect, test } from '@jest/globals';
import { distinctSlugs } from './distinct-slugs.ts';

test('products with the same name get slugs with their SKUs, and a random suffix when those are taken', () => {
  const lamps = ['A 1', 'B-2', 'C'].map((sku) => ({ slug: 'floor-lamp', sku }));
  expect(distinctSlugs(lamps, new Set(['floor-lamp-c']), () => 'x1')).toEqual([
    'floor-lamp',
    'floor-lamp-b-2',
    'floor-lamp-x1',
  ]);
  expect(distinctSlugs(lamps.slice(0, 1), new Set(['floor-lamp']), () => 'x1')).toEqual(['floor-lamp-a-1']);
});
