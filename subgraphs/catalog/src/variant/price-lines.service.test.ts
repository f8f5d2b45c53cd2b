import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { recordQueries, testActors } from '@souk/kit/testing';
import { PriceLines } from '../contract.ts';
import { shirt, startTestCatalog, type TestCatalog } from '../testing/catalog.ts';

let catalog: TestCatalog;
const { shopper, staff, system } = testActors(['catalog:write']);

beforeAll(async () => {
  catalog = await startTestCatalog();
  await catalog.services.importCategories(system, [
    { slug: 'clothing', name: 'Clothing' },
    { slug: 'shirts', name: 'Shirts', parentSlug: 'clothing' },
  ]);
  await catalog.services.importCollections(system, [{ slug: 'summer', name: 'Summer' }]);
  await catalog.services.importProducts(system, [
    shirt({
      slug: 'shirt',
      categories: ['shirts'],
      collections: ['summer'],
      translations: [{ locale: 'de', name: 'Hemd' }],
    }),
    shirt({ slug: 'draft', status: 'DRAFT' }),
  ]);
});
afterAll(() => catalog.close());

async function variantId(sku: string): Promise<string> {
  const { productVariant } = await catalog.query<{ productVariant: { id: string } }>(
    staff,
    'query ($sku: String) { productVariant(sku: $sku) { id } }',
    { sku },
  );
  return productVariant.id;
}
const priced = (variantIds: string[], currency = 'EUR', ctx = shopper) =>
  catalog.commands.send(ctx, PriceLines, { currency, locale: 'de-CH', variantIds });

async function listIds(): Promise<string[]> {
  const { parent, child, collection } = await catalog.query<Record<string, { id: string }>>(
    staff,
    `{ parent: category(slug: "clothing") { id } child: category(slug: "shirts") { id } collection(slug: "summer") { id } }`,
  );
  return [parent, child, collection].map((list) => list?.id ?? '').toSorted();
}

test('variants are priced with the data that orders keep, in one statement', async () => {
  const [id, lists] = [await variantId('SHIRT-S'), await listIds()];
  const { result, statements } = await recordQueries(() => priced([id, id], 'USD'));
  expect(result).toEqual({
    ok: true,
    value: {
      lines: [
        {
          variantId: id,
          productId: expect.any(String),
          sku: 'SHIRT-S',
          productName: 'Hemd',
          variantName: 'S',
          options: [{ name: 'Size', value: 'S' }],
          listIds: lists,
          unitPrice: '22.00',
        },
      ],
    },
  });
  expect(statements).toHaveLength(1);
});

test('a variant without a price in the currency is named in the refusal', async () => {
  const [dollars, none] = [await variantId('SHIRT-S'), await variantId('SHIRT-M')];
  expect(await priced([dollars, none], 'USD')).toEqual({
    ok: false,
    error: { code: 'PRICE_MISSING', variantIds: [none] },
  });
});

test('unknown variants, drafts and variants of other tenants are not found, even for staff', async () => {
  const [draft, unknown, known] = [await variantId('DRAFT-S'), randomUUID(), await variantId('SHIRT-S')];
  expect(await priced([known, draft, unknown], 'EUR', staff)).toEqual({
    ok: false,
    error: { code: 'VARIANT_NOT_FOUND', variantIds: [draft, unknown] },
  });
  expect(await priced([known], 'EUR', testActors(['catalog:write']).shopper)).toMatchObject({
    error: { code: 'VARIANT_NOT_FOUND' },
  });
});
