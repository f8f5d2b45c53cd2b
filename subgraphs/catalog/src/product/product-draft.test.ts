import { expect, test } from '@jest/globals';
import { planProduct, type ProductDraft, type ProductPlacement } from './product-draft.ts';

const now = new Date('2030-01-01T10:00:00Z');
const nowhere: ProductPlacement = { categoryIds: [], collectionIds: [] };

function plan(draft: Partial<ProductDraft>, placement = nowhere) {
  let ids = 0;
  return planProduct({ name: 'Cotton Shirt', baseSku: 'SHIRT', ...draft }, placement, {
    newId: () => `id-${ids++}`,
    now,
  });
}
const size = (value: string) => [{ name: 'Size', value }];

test('a draft needs a name and a base SKU, and the rest has defaults', () => {
  expect(plan({})).toMatchObject({
    ok: true,
    value: {
      slug: 'cotton-shirt',
      status: 'DRAFT',
      publishedAt: null,
      listedAt: now,
      options: [],
      variants: [],
      description: '',
    },
  });
});

test('a published product is listed by the time of its publication', () => {
  expect(plan({ status: 'PUBLISHED' })).toMatchObject({ value: { publishedAt: now, listedAt: now } });
  const earlier = new Date('2029-01-01');
  expect(plan({ status: 'PUBLISHED', publishedAt: earlier })).toMatchObject({
    value: { publishedAt: earlier, listedAt: earlier },
  });
});

test('options are derived from the variants, and names from the options', () => {
  const planned = plan({
    variants: [
      { sku: 'S', options: size('S') },
      { sku: 'M', options: size('M') },
    ],
  });
  expect(planned).toMatchObject({
    value: {
      options: [{ name: 'Size', values: ['S', 'M'] }],
      variants: [
        { name: 'S', position: 0 },
        { name: 'M', position: 1 },
      ],
    },
  });
});

test.each<[string, Partial<ProductDraft>, string, string[]]>([
  ['a slug that is none', { slug: 'No Slug' }, 'INVALID_INPUT', ['slug']],
  [
    'two variants with the same options',
    {
      variants: [
        { sku: 'A', options: size('S') },
        { sku: 'B', options: size('S') },
      ],
    },
    'OPTIONS_TAKEN',
    ['variants', '1', 'options'],
  ],
  [
    'two variants with the same SKU',
    {
      variants: [
        { sku: 'A', options: size('S') },
        { sku: 'A', options: size('M') },
      ],
    },
    'SKU_TAKEN',
    ['variants', '1', 'sku'],
  ],
  [
    'a variant without its option',
    { options: [{ name: 'Size', values: ['S'] }], variants: [{ sku: 'A' }] },
    'INVALID_OPTIONS',
    ['variants', '0', 'options'],
  ],
  [
    'a negative price',
    { variants: [{ sku: 'A', prices: [{ amount: '-1', currency: 'EUR' }] }] },
    'INVALID_INPUT',
    ['variants', '0', 'prices', '0'],
  ],
  [
    'an attribute twice',
    {
      attributes: [
        { code: 'material', values: ['a'] },
        { code: 'material', values: ['b'] },
      ],
    },
    'INVALID_INPUT',
    ['attributes'],
  ],
  [
    'a locale that is none',
    { translations: [{ locale: 'no locale' }] },
    'INVALID_INPUT',
    ['translations', '0', 'locale'],
  ],
])('%s is refused, with the path to it', (_what, draft, code, field) => {
  expect(plan(draft)).toMatchObject({ ok: false, error: { code, field } });
});

test('a category that is given twice counts once', () => {
  expect(plan({}, { categoryIds: ['a', 'b', 'a'], collectionIds: [] })).toMatchObject({
    value: { categoryIds: ['a', 'b'] },
  });
});
