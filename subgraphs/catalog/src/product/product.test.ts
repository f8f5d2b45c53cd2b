import { expect, test } from '@jest/globals';
import { changeProduct, underOptions, type ProductState } from './product.ts';

const now = new Date('2030-01-01T10:00:00Z');
const earlier = new Date('2029-01-01T10:00:00Z');
const draft: ProductState = {
  name: 'Shirt',
  slug: 'shirt',
  description: 'Soft',
  baseSku: 'SHIRT',
  externalReference: 'erp-1',
  status: 'DRAFT',
  publishedAt: null,
  listedAt: earlier,
  options: [{ name: 'Size', values: ['S', 'M'] }],
};

test('omitted fields keep their value, and null clears optional fields', () => {
  expect(changeProduct(draft, { name: 'Blouse' }, now)).toEqual({ ok: true, value: { ...draft, name: 'Blouse' } });
  expect(changeProduct(draft, { description: null, externalReference: null, options: null }, now)).toEqual({
    ok: true,
    value: { ...draft, description: '', externalReference: null, options: [] },
  });
});

test('an external reference can be removed', () => {
  expect(changeProduct(draft, { externalReference: null }, now)).toMatchObject({ value: { externalReference: null } });
  expect(changeProduct(draft, {}, now)).toMatchObject({ value: { externalReference: 'erp-1' } });
});

test('the first publication makes a product new, and a later one does not', () => {
  const published = changeProduct(draft, { status: 'PUBLISHED' }, now);
  expect(published).toMatchObject({ value: { status: 'PUBLISHED', publishedAt: now, listedAt: now } });
  const hidden = changeProduct({ ...draft, publishedAt: earlier, listedAt: earlier }, { status: 'PUBLISHED' }, now);
  expect(hidden).toMatchObject({ value: { publishedAt: earlier, listedAt: earlier } });
});

test('an invalid slug is refused', () => {
  expect(changeProduct(draft, { slug: 'Not One' }, now)).toMatchObject({
    error: { code: 'INVALID_INPUT', field: ['slug'] },
  });
});

test('a variant follows its product when options are reordered, and blocks the removal of its value', () => {
  const variant = {
    options: [
      { name: 'Size', value: 'S' },
      { name: 'Color', value: 'Red' },
    ],
  };
  const reordered = [
    { name: 'Color', values: ['Red', 'Blue'] },
    { name: 'Size', values: ['S'] },
  ];
  expect(underOptions(reordered, variant)).toMatchObject({ value: { optionKey: '[["Color","Red"],["Size","S"]]' } });
  expect(
    underOptions(
      [
        { name: 'Color', values: ['Blue'] },
        { name: 'Size', values: ['S'] },
      ],
      variant,
    ),
  ).toMatchObject({ error: { code: 'INVALID_OPTIONS' } });
});
