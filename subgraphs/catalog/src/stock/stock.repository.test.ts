import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { testActors } from '@souk/kit/testing';
import { publishAvailability, shirt, startTestCatalog, type TestCatalog } from '../testing/catalog.ts';

let catalog: TestCatalog;
const { shopper, staff, system, tenantId } = testActors(['catalog:write']);
beforeAll(async () => {
  catalog = await startTestCatalog();
  await catalog.services.importProducts(system, [shirt({ slug: 'shirt' })]);
});
afterAll(() => catalog.close());

const inStock = () => catalog.query(shopper, '{ products(filter: { inStock: true }) { nodes { slug } } }');
const found = { products: { nodes: [{ slug: 'shirt' }] } };
const none = { products: { nodes: [] } };

const publish = (...levels: readonly (readonly [sku: string, available: number])[]) =>
  publishAvailability(catalog, tenantId, levels);

test('a product is in stock while any of its variants is available', async () => {
  expect(await inStock()).toEqual(none);
  await publish(['SHIRT-S', 2]);
  await publish(['SHIRT-M', 1]);
  expect(await inStock()).toEqual(found);
  await publish(['SHIRT-S', 0]);
  expect(await inStock()).toEqual(found);
  await publish(['SHIRT-M', 0]);
  expect(await inStock()).toEqual(none);
});

test('of many changes in one batch the last one of each SKU counts', async () => {
  await publish(['SHIRT-S', 9], ['SHIRT-M', 0], ['SHIRT-S', 0]);
  expect(await inStock()).toEqual(none);
  await publish(['SHIRT-S', 0], ['SHIRT-S', 1]);
  expect(await inStock()).toEqual(found);
  await publish(['SHIRT-S', 0]);
});

test('availability that was published before the product existed counts', async () => {
  await publish(['LATER-S', 5]);
  await catalog.services.importProducts(system, [shirt({ slug: 'later' })]);
  expect(await inStock()).toEqual({ products: { nodes: [{ slug: 'later' }] } });
});

test('a sale does not increase the version of a product', async () => {
  await publish(['SHIRT-S', 3]);
  expect(await catalog.query(staff, '{ product(slug: "shirt") { version } }')).toEqual({
    product: { version: 1 },
  });
});
