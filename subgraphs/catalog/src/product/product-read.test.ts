import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { recordQueries, testActors } from '@souk/kit/testing';
import { shirt, startTestCatalog, type TestCatalog } from '../testing/catalog.ts';

let catalog: TestCatalog;
const { shopper, staff, system } = testActors(['catalog:write']);
const sizes = Array.from({ length: 60 }, (_, size) => `${size}`);

beforeAll(async () => {
  catalog = await startTestCatalog();
  await catalog.services.importCategories(system, [{ slug: 'shirts', name: 'Shirts' }]);
  await catalog.services.importAttributes(system, [{ code: 'fit', name: 'Fit' }]);
  await catalog.services.importProducts(system, [
    shirt({
      slug: 'plain',
      categories: ['shirts'],
      variants: [
        { sku: 'PLAIN', prices: [{ amount: '10', currency: 'EUR' }], attributes: [{ code: 'fit', values: ['Slim'] }] },
      ],
    }),
    shirt({
      slug: 'sized',
      categories: ['shirts'],
      variants: sizes.map((value) => ({ sku: `SIZED-${value}`, options: [{ name: 'Size', value }] })),
    }),
    shirt({ slug: 'draft', status: 'DRAFT', variants: [{ sku: 'DRAFT' }] }),
  ]);
});
afterAll(() => catalog.close());

const PRODUCT_BY_SLUG = `query ProductBySlug($slug: String!) {
  product(slug: $slug) {
    id slug name description
    categories { id slug name }
    variants(first: 50) { nodes { id sku name options { name value } price { amount currencyCode } } }
  }
}`;

test('a product is read with its categories and variants in three statements', async () => {
  const { result, statements } = await recordQueries(() =>
    catalog.query<{ product: object }>(shopper, PRODUCT_BY_SLUG, { slug: 'plain' }),
  );
  expect(result.product).toMatchObject({
    slug: 'plain',
    categories: [{ slug: 'shirts', name: 'Shirts' }],
    variants: { nodes: [{ sku: 'PLAIN', options: [], price: { amount: '10.00', currencyCode: 'EUR' } }] },
  });
  expect(statements).toHaveLength(3); // product, variants, categories
});

test('the variants of a product can be read page by page', async () => {
  const query =
    'query ($after: String) { product(slug: "sized") { variants(first: 40, after: $after) { nodes { sku } edges { cursor node { sku } } pageInfo { hasNextPage endCursor } } } }';
  interface Page {
    product: {
      variants: {
        nodes: { sku: string }[];
        edges: { node: { sku: string } }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    };
  }
  const first = (await catalog.query<Page>(shopper, query)).product.variants;
  expect(first.nodes).toHaveLength(40);
  expect(first.edges.map(({ node }) => node)).toEqual(first.nodes);
  expect(first.pageInfo.hasNextPage).toBe(true);
  const rest = (await catalog.query<Page>(shopper, query, { after: first.pageInfo.endCursor })).product.variants;
  expect([...first.nodes, ...rest.nodes].map(({ sku }) => sku)).toEqual(sizes.map((size) => `SIZED-${size}`));
  expect(rest.pageInfo.hasNextPage).toBe(false);
});

test('the variants of a product are paged from the end to the start, with those of other products', async () => {
  const query =
    '{ products(filter: { skus: ["SIZED-1"] }) { nodes { variants(PAGE) { nodes { sku } pageInfo { startCursor hasPreviousPage hasNextPage } } } } }';
  interface Page {
    products: {
      nodes: {
        variants: {
          nodes: { sku: string }[];
          pageInfo: { startCursor: string; hasPreviousPage: boolean; hasNextPage: boolean };
        };
      }[];
    };
  }
  const read = async (page: string) => {
    const [product] = (await catalog.query<Page>(shopper, query.replace('PAGE', page))).products.nodes;
    if (!product) throw new Error('no product');
    return product.variants;
  };
  const last = await read('last: 40');
  expect(last.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: false });
  const rest = await read(`last: 40, before: "${last.pageInfo.startCursor}"`);
  expect(rest.pageInfo).toMatchObject({ hasPreviousPage: false, hasNextPage: true });
  expect([...rest.nodes, ...last.nodes].map(({ sku }) => sku)).toEqual(sizes.map((size) => `SIZED-${size}`));
  await expect(read('first: 1, last: 1')).rejects.toThrow('give one of them');
  await expect(read('before: "nonsense"')).rejects.toThrow('`before` is not a cursor of this list');
});

test('aliases with different pages each get their page', async () => {
  const query =
    '{ product(slug: "sized") { a: variants(first: 1) { nodes { sku } } b: variants(first: 2) { nodes { sku price { amount } } } } }';
  expect(await catalog.query(shopper, query)).toEqual({
    product: {
      a: { nodes: [{ sku: 'SIZED-0' }] },
      b: {
        nodes: [
          { sku: 'SIZED-0', price: null },
          { sku: 'SIZED-1', price: null },
        ],
      },
    },
  });
});

test.each(['first: 0', 'first: 201', 'first: 5, after: "nonsense"'])('variants(%s) is refused', async (args) => {
  await expect(
    catalog.query(shopper, `{ product(slug: "sized") { variants(${args}) { nodes { sku } } } }`),
  ).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
});

test('a product is identified by exactly one of id and slug', async () => {
  await expect(catalog.query(shopper, '{ product { id } }')).rejects.toThrow(
    /exactly one of these arguments: id, slug/,
  );
  await expect(catalog.query(shopper, '{ product(id: "1", slug: "plain") { id } }')).rejects.toThrow(/exactly one/);
  await expect(catalog.query(shopper, '{ product(id: "1") { id } }')).rejects.toThrow(/is not an id/);
  expect(await catalog.query(shopper, '{ product(slug: "nothing") { id } }')).toEqual({ product: null });
});

test('a variant is found by its SKU, with its attributes and its product', async () => {
  const query =
    '{ productVariant(sku: "PLAIN") { name attributes { code name values } product { slug variants(first: 3) { nodes { sku } } media { url } collections { slug } attributes { code } } } }';
  expect(await catalog.query(shopper, query)).toEqual({
    productVariant: {
      name: 'Cotton Shirt',
      attributes: [{ code: 'fit', name: 'Fit', values: ['Slim'] }],
      product: { slug: 'plain', variants: { nodes: [{ sku: 'PLAIN' }] }, media: [], collections: [], attributes: [] },
    },
  });
});

test("the gateway's references load many variants and their products in one batch each", async () => {
  const representations = [
    ...['PLAIN', 'SIZED-1', 'SIZED-2', 'DRAFT', 'NONE'].map((sku) => ({ __typename: 'ProductVariant', sku })),
    { __typename: 'Product', id: 'no id' },
  ];
  const query =
    'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ProductVariant { sku price { amount } product { slug name categories { slug } } } ... on Product { slug } } }';
  const { result, statements } = await recordQueries(() =>
    catalog.query<{ _entities: object[] }>(shopper, query, { representations }),
  );
  const categories = [{ slug: 'shirts' }];
  expect(result._entities).toEqual([
    { sku: 'PLAIN', price: { amount: '10.00' }, product: { slug: 'plain', name: 'Cotton Shirt', categories } },
    { sku: 'SIZED-1', price: null, product: { slug: 'sized', name: 'Cotton Shirt', categories } },
    { sku: 'SIZED-2', price: null, product: { slug: 'sized', name: 'Cotton Shirt', categories } },
    null,
    null,
    null,
  ]);
  expect(statements).toHaveLength(3); // variants, products, categories
});

test('each field of a product and of a variant is the same alone as among all others', async () => {
  const product = {
    plain: ['id', 'nodeId', 'slug', 'name', 'description', 'baseSku', 'status', 'publishedAt', 'externalReference'],
    audited: ['createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'version'],
    nested: ['options { name values }', 'priceRange { min { amount } }', 'categories { slug }', 'media { url }'],
  };
  const variant = [
    'id',
    'nodeId',
    'sku',
    'name',
    'options { name }',
    'weightGrams',
    'externalReference',
    'attributes { code }',
  ];
  const priced = ['price { amount }', 'price(currencyCode: "EUR") { amount }', 'prices { amount }'];
  const ofProduct = Object.values(product).flat();
  const ofVariant = [...variant, ...product.audited, ...priced.slice(0, 1)];
  const read = async (fields: readonly string[], variantFields: readonly string[]) => {
    const variants = variantFields.length > 0 ? `variants(first: 3) { nodes { ${variantFields.join(' ')} } }` : '';
    const one = `{ ${fields.join(' ')} ${variants} }`;
    const { product: found, products } = await catalog.query<{ product: object; products: { nodes: object[] } }>(
      staff,
      `{ product(slug: "plain") ${one} products { nodes ${one} } }`,
    );
    return [found, ...products.nodes];
  };
  const all = await read(ofProduct, [...ofVariant, 'product { id }']);
  for (const field of ofProduct) {
    const alone = await read([field], []);
    expect(all).toMatchObject(alone);
  }
  for (const field of ofVariant) expect(all).toMatchObject(await read([], [field]));
  for (const field of priced) expect(await read(ofProduct, [field])).toMatchObject(await read([], [field]));
});

test("a variant's product has the fields that only this selection names", async () => {
  const { products } = await catalog.query<{ products: object }>(
    shopper,
    '{ products(first: 5) { edges { node { id variants(first: 1) { edges { node { product { slug priceRange { min { amount } } } } } } } } } }',
  );
  expect(JSON.stringify(products)).toContain('"product":{"slug":"plain","priceRange":{"min":{"amount":"10.00"}}}');
});
