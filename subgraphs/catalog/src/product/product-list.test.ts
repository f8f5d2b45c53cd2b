import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { recordQueries, testActors } from '@souk/kit/testing';
import { publishAvailability, shirt, startTestCatalog, type TestCatalog } from '../testing/catalog.ts';

let catalog: TestCatalog;
const { shopper, staff, system } = testActors(['catalog:write']);

beforeAll(async () => {
  catalog = await startTestCatalog();
  const { services } = catalog;
  await services.importAttributes(system, [
    { code: 'material', name: 'Material' },
    { code: 'fit', name: 'Fit' },
  ]);
  await services.importCategories(system, [
    { slug: 'shirts', name: 'Shirts', parentSlug: 'clothing', translations: [{ locale: 'de', name: 'Hemden' }] },
    { slug: 'clothing', name: 'Clothing' },
    { slug: 'lamps', name: 'Lamps' },
  ]);
  await services.importCollections(system, [{ slug: 'summer', name: 'Summer' }]);
  const published = (day: number) => ({ publishedAt: new Date(Date.UTC(2029, 0, day)) });
  await services.importProducts(system, [
    shirt({
      slug: 'linen',
      name: 'linen shirt',
      ...published(3),
      categories: ['shirts'],
      collections: ['summer'],
      attributes: [
        { code: 'material', values: ['Linen'] },
        { code: 'fit', values: ['Slim', 'Regular'] },
      ],
    }),
    shirt({
      slug: 'cotton',
      name: 'Cotton Shirt',
      ...published(2),
      categories: ['shirts', 'clothing'],
      attributes: [{ code: 'material', values: ['Cotton'] }],
      translations: [{ locale: 'de', name: 'Baumwollhemd' }],
    }),
    shirt({
      slug: 'lamp',
      name: 'Lamp',
      ...published(1),
      categories: ['lamps'],
      variants: [{ sku: 'LAMP', prices: [{ amount: '150', currency: 'EUR' }] }],
    }),
    shirt({ slug: 'secret', name: 'A Secret', status: 'DRAFT', categories: ['shirts'] }),
    shirt({ slug: 'priceless', name: 'Priceless', ...published(4), variants: [{ sku: 'NONE' }] }),
  ]);
  await publishAvailability(catalog, system.tenantId, [
    ['LINEN-S', 0],
    ['COTTON-M', 3],
    ['LAMP', 1],
  ]);
});
afterAll(() => catalog.close());

interface Listed {
  products: {
    nodes: { slug: string; name: string }[];
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}

async function list(args: string, ctx = shopper): Promise<Listed['products']> {
  const query = `{ products(${args}) { nodes { slug name } totalCount pageInfo { hasNextPage endCursor } } }`;
  return (await catalog.query<Listed>(ctx, query)).products;
}
const slugs = async (args: string, ctx = shopper) => (await list(args, ctx)).nodes.map(({ slug }) => slug);

/** The first query of a storefront, without the fields of the subgraph inventory. */
const PRODUCT_LIST = `query ProductList($first: Int!, $after: String) {
  products(first: $first, after: $after) {
    nodes {
      id slug name
      priceRange { min { amount currencyCode } max { amount currencyCode } }
      variants(first: 5) { nodes { id sku options { name value } price { amount currencyCode } } }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

test('a list comes with variants and prices, and costs two statements', async () => {
  const { result, statements } = await recordQueries(() => catalog.query<Listed>(shopper, PRODUCT_LIST, { first: 3 }));
  expect(result.products).toMatchObject({
    nodes: [
      { slug: 'priceless', priceRange: null, variants: { nodes: [{ sku: 'NONE', price: null }] } },
      {
        slug: 'linen',
        name: 'linen shirt',
        priceRange: { min: { amount: '19.90', currencyCode: 'EUR' }, max: { amount: '21.90', currencyCode: 'EUR' } },
        variants: {
          nodes: [
            {
              sku: 'LINEN-S',
              options: [{ name: 'Size', value: 'S' }],
              price: { amount: '19.90', currencyCode: 'EUR' },
            },
            {
              sku: 'LINEN-M',
              options: [{ name: 'Size', value: 'M' }],
              price: { amount: '21.90', currencyCode: 'EUR' },
            },
          ],
        },
      },
      { slug: 'cotton' },
    ],
    pageInfo: { hasNextPage: true },
  });
  expect(statements).toEqual([expect.stringContaining('from "product"'), expect.stringContaining('product_variant')]);
});

test('a list can be read page by page to its end', async () => {
  const first = await list('first: 3');
  expect(first.pageInfo.hasNextPage).toBe(true);
  const rest = await list(`first: 3, after: "${first.pageInfo.endCursor}"`);
  expect(rest.nodes.map(({ slug }) => slug)).toEqual(['lamp']);
  expect(rest.pageInfo.hasNextPage).toBe(false);
});

test('a cursor of another sort is refused', async () => {
  const { pageInfo } = await list('first: 1');
  await expect(list(`first: 1, sort: { field: NAME }, after: "${pageInfo.endCursor}"`)).rejects.toThrow(
    /not a cursor of this list/,
  );
});

test('a page takes 1 to 200 products', async () => {
  await expect(list('first: 201')).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  await expect(list('first: 0')).rejects.toThrow(/from 1 to 200/);
});

test('shoppers see published products, staff see drafts too', async () => {
  expect(await slugs('first: 9')).toEqual(['priceless', 'linen', 'cotton', 'lamp']);
  expect(await slugs('first: 9', staff)).toContain('secret');
});

test('a category lists the products in it and in its descendants, by slug and by id', async () => {
  const { category } = await catalog.query<{ category: { id: string } }>(
    shopper,
    '{ category(slug: "clothing") { id } }',
  );
  expect(await slugs('filter: { category: "clothing" }')).toEqual(['linen', 'cotton']);
  expect(await slugs(`filter: { category: "${category.id}" }`)).toEqual(['linen', 'cotton']);
  expect(await slugs('filter: { category: "lamps" }')).toEqual(['lamp']);
  expect(await slugs('filter: { category: "nowhere" }')).toEqual([]);
  expect(await slugs('filter: { category: "clothing" }, sort: { field: NAME }')).toEqual(['cotton', 'linen']);
  expect(await slugs('filter: { category: "clothing" }', staff)).toContain('secret');
});

test('the newest of a category can be read page by page', async () => {
  const { pageInfo } = await list('first: 1, filter: { category: "clothing" }');
  const rest = await list(`first: 1, filter: { category: "clothing" }, after: "${pageInfo.endCursor}"`);
  expect(rest).toMatchObject({ nodes: [{ slug: 'cotton' }], pageInfo: { hasNextPage: false } });
});

test.each([
  ['{ collection: "summer" }', ['linen']],
  ['{ collection: "summer", category: "shirts" }', ['linen']],
  ['{ collection: "summer", category: "lamps" }', []],
  ['{ price: { min: "100", currencyCode: "EUR" } }', ['lamp']],
  ['{ price: { max: "20", currencyCode: "EUR" } }', ['linen', 'cotton']],
  ['{ price: { min: "21", max: "23", currencyCode: "USD" } }', ['linen', 'cotton']],
  ['{ price: { min: "0", currencyCode: "JPY" } }', []],
  ['{ attributes: [{ code: "material", values: ["Cotton", "Linen"] }] }', ['linen', 'cotton']],
  ['{ attributes: [{ code: "material", values: ["Cotton", "Linen"] }, { code: "fit", values: ["Slim"] }] }', ['linen']],
  ['{ attributes: [{ code: "unknown", values: ["x"] }] }', []],
  ['{ inStock: true }', ['cotton', 'lamp']],
  ['{ inStock: false }', ['priceless', 'linen']],
  ['{ skus: ["LAMP", "COTTON-S"] }', ['cotton', 'lamp']],
  ['{ ids: [] }', []],
])('the filter %s lets through %j, and counts them', async (filter, expected) => {
  const found = await list(`filter: ${filter}`);
  expect(found.nodes.map(({ slug }) => slug)).toEqual(expected);
  expect(found.totalCount).toBe(expected.length);
});

test.each([
  ['{ field: NEWEST }', ['priceless', 'linen', 'cotton', 'lamp']],
  ['{ field: NEWEST, direction: ASC }', ['lamp', 'cotton', 'linen', 'priceless']],
  ['{ field: NAME }', ['cotton', 'lamp', 'linen', 'priceless']],
  ['{ field: NAME, direction: DESC }', ['priceless', 'linen', 'lamp', 'cotton']],
])('sorted by %s', async (sort, expected) => {
  expect(await slugs(`sort: ${sort}`)).toEqual(expected);
});

test('in the sort by price, products without a price count as most expensive', async () => {
  expect((await slugs('sort: { field: PRICE }')).slice(2)).toEqual(['lamp', 'priceless']);
  expect((await slugs('sort: { field: PRICE, direction: DESC }')).slice(0, 2)).toEqual(['priceless', 'lamp']);
});

test('names come in the language of the request, otherwise in that of the shop', async () => {
  const german = { ...shopper, locale: 'de-AT' };
  const { nodes } = await list('first: 3', german);
  expect(nodes.map(({ name }) => name)).toEqual(['Priceless', 'linen shirt', 'Baumwollhemd']);
  expect(await catalog.query(german, '{ category(slug: "shirts") { name parent { name } } }')).toEqual({
    category: { name: 'Hemden', parent: { name: 'Clothing' } },
  });
});

test('an unknown currency is refused by its name', async () => {
  await expect(list('filter: { price: { min: "1", currencyCode: "XXX" } }')).rejects.toThrow(
    /CurrencyCode cannot be "XXX"/,
  );
});

test('another tenant sees nothing', async () => {
  expect(await slugs('first: 9', testActors(['catalog:write']).staff)).toEqual([]);
});

test.each([
  ['filter.attributes', { attributes: Array.from({ length: 11 }, () => ({ code: 'fit', values: ['Slim'] })) }],
  ['filter.attributes.0.values', { attributes: [{ code: 'fit', values: Array.from({ length: 51 }, String) }] }],
  ['filter.skus', { skus: Array.from({ length: 201 }, String) }],
  ['filter.ids', { ids: Array.from({ length: 201 }, () => '5ee1bbd4-72a9-4dd0-b6a4-5b1dc3a5b3b3') }],
])('%s takes no more than its description states, and nothing is read', async (argument, filter) => {
  const { result, statements } = await recordQueries(() =>
    catalog
      .query(shopper, 'query ($filter: ProductFilterInput) { products(filter: $filter) { nodes { id } } }', {
        filter,
      })
      .catch((error: unknown) => error),
  );
  expect(result).toMatchObject({
    message: expect.stringContaining(`"${argument}"`),
    extensions: { code: 'BAD_USER_INPUT', argument },
  });
  expect(statements).toEqual([]);
});

test('a filter by many attributes returns the products that match all of them', async () => {
  const attributes = Array.from({ length: 10 }, () => ({ code: 'material', values: ['Linen'] }));
  const { products } = await catalog.query<{ products: { nodes: { slug: string }[] } }>(
    shopper,
    'query ($filter: ProductFilterInput) { products(filter: $filter) { nodes { slug } } }',
    { filter: { attributes: [...attributes.slice(1), { code: 'fit', values: ['Slim', 'Wide'] }] } },
  );
  expect(products.nodes.map(({ slug }) => slug)).toEqual(['linen']);
});
