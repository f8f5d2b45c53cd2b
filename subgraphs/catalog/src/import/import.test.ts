import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { recordQueries, testActors } from '@souk/kit/testing';
import { shirt, startTestCatalog, type TestCatalog } from '../testing/catalog.ts';

let catalog: TestCatalog;
beforeAll(async () => void (catalog = await startTestCatalog()));
afterAll(() => catalog.close());

test('900 products cost as many statements as one', async () => {
  const { system } = testActors(['catalog:write']);
  const many = Array.from({ length: 900 }, (_, index) => shirt({ slug: `shirt-${index}` }));
  const { result, statements } = await recordQueries(() => catalog.services.importProducts(system, many));
  expect(result).toEqual({ created: 900, skipped: 0 });
  const { statements: ofOne } = await recordQueries(() =>
    catalog.services.importProducts(system, [shirt({ slug: 'one-more' })]),
  );
  expect(statements).toHaveLength(ofOne.length);
});

test('existing objects are skipped, by slug and by external reference', async () => {
  const { shopper, system } = testActors(['catalog:write']);
  const { services } = catalog;
  const categories = [{ slug: 'men', name: 'Men' }];
  await services.importCategories(system, categories);
  await services.importProducts(system, [shirt({ slug: 'first', externalReference: 'erp-1', categories: ['men'] })]);
  const again1 = await services.importProducts(system, [
    shirt({ slug: 'first', name: 'Changed' }),
    shirt({ slug: 'other', externalReference: 'erp-1' }),
    shirt({ slug: 'second', externalReference: 'erp-2' }),
    shirt({ slug: 'second', baseSku: 'DOUBLE' }),
  ]);
  expect(again1).toEqual({ created: 1, skipped: 3 });
  expect(
    await services.importCategories(system, [...categories, { slug: 'shirts', name: 'Shirts', parentSlug: 'men' }]),
  ).toEqual({ created: 1, skipped: 1 });
  const material = { code: 'material', name: 'Material' };
  expect(await services.importAttributes(system, [material])).toEqual({ created: 1, skipped: 0 });
  expect(await services.importAttributes(system, [material])).toEqual({ created: 0, skipped: 1 });
  const summer = { slug: 'summer', name: 'Summer', translations: [{ locale: 'de', name: 'Sommer' }] };
  expect(await services.importCollections(system, [summer])).toEqual({ created: 1, skipped: 0 });
  expect(await services.importCollections(system, [summer])).toEqual({ created: 0, skipped: 1 });
  expect(await catalog.query(shopper, '{ products(sort: { field: NAME }) { nodes { slug name } } }')).toEqual({
    products: {
      nodes: expect.arrayContaining([
        { slug: 'first', name: 'Cotton Shirt' },
        { slug: 'second', name: 'Cotton Shirt' },
      ]),
    },
  });
});

test.each([
  ['an unknown category', { categories: ['nowhere'] }, /there is no category "nowhere"/],
  ['an unknown attribute', { attributes: [{ code: 'nothing', values: ['x'] }] }, /there is no attribute "nothing"/],
  ['two variants alike', { variants: [{ sku: 'A' }, { sku: 'B' }] }, /Two variants have the same options/],
])('%s is refused by its name, and nothing of the chunk stays', async (_what, values, message) => {
  const { shopper, system } = testActors(['catalog:write']);
  await expect(
    catalog.services.importProducts(system, [shirt({ slug: 'good' }), shirt({ slug: 'bad', ...values })]),
  ).rejects.toThrow(message);
  expect(await catalog.query(shopper, '{ products { totalCount } }')).toEqual({ products: { totalCount: 0 } });
});

test("a tenant's currency and language apply after they are set", async () => {
  const { shopper, system } = testActors(['catalog:write']);
  const { services } = catalog;
  await services.importProducts(system, [
    shirt({
      slug: 'dear-in-euro',
      translations: [{ locale: 'en', name: 'English' }],
      variants: [
        {
          sku: 'A',
          prices: [
            { amount: '90', currency: 'EUR' },
            { amount: '1', currency: 'USD' },
          ],
        },
      ],
    }),
    shirt({
      slug: 'dear-in-dollar',
      variants: [
        {
          sku: 'B',
          prices: [
            { amount: '1', currency: 'EUR' },
            { amount: '90', currency: 'USD' },
          ],
        },
      ],
    }),
  ]);
  const cheapest = () =>
    catalog.query(
      shopper,
      '{ products(first: 1, sort: { field: PRICE }) { nodes { slug name priceRange { min { currencyCode } } } } }',
    );
  expect(await cheapest()).toEqual({
    products: {
      nodes: [{ slug: 'dear-in-dollar', name: 'Cotton Shirt', priceRange: { min: { currencyCode: 'EUR' } } }],
    },
  });
  await services.setSettings(system, { currency: 'USD', locale: 'de' });
  expect(await cheapest()).toEqual({
    products: { nodes: [{ slug: 'dear-in-euro', name: 'English', priceRange: { min: { currencyCode: 'USD' } } }] },
  });
});
