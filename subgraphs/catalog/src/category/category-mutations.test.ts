import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { recordQueries, testActors } from '@souk/kit/testing';
import { shirt, startTestCatalog, type TestCatalog } from '../testing/catalog.ts';

let catalog: TestCatalog;
beforeAll(async () => void (catalog = await startTestCatalog()));
afterAll(() => catalog.close());

/** A tenant with clothing > men > shirts, each with its own product, and a collection. */
async function shop() {
  const { shopper, staff, system } = testActors(['catalog:write']);
  const { services } = catalog;
  await services.importCategories(system, [
    { slug: 'clothing', name: 'Clothing' },
    { slug: 'men', name: 'Men', parentSlug: 'clothing' },
    { slug: 'shirts', name: 'Shirts', parentSlug: 'men' },
    { slug: 'outlet', name: 'Outlet' },
  ]);
  await services.importCollections(system, [{ slug: 'summer', name: 'Summer' }]);
  await services.importProducts(
    system,
    ['clothing', 'men', 'shirts'].map((slug) => shirt({ slug: `of-${slug}`, categories: [slug] })),
  );

  const one = async (kind: string, slug: string, selection: string) =>
    (
      await catalog.query<Record<string, Record<string, unknown> | null>>(
        shopper,
        `query ($slug: String) { ${kind}(slug: $slug) { ${selection} } }`,
        { slug },
      )
    )[kind];
  return {
    one,
    idOf: async (kind: string, slug: string) => String((await one(kind, slug, 'id'))?.['id']),
    /** The slugs of the products in a category or collection that shoppers see. */
    async listed(kind: 'category' | 'collection', slug: string): Promise<string[]> {
      const { products } = await catalog.query<{ products: { nodes: { slug: string }[] } }>(
        shopper,
        `{ products(filter: { ${kind}: "${slug}" }) { nodes { slug } } }`,
      );
      return products.nodes.map((product) => product.slug).sort();
    },
    async mutate(name: string, input: object, selection: string) {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const document = `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} userErrors { code field } } }`;
      return (await catalog.query<Record<string, Record<string, unknown>>>(staff, document, { input }))[name];
    },
    staff,
  };
}

test('the tree can be read from its roots down and from a leaf up, with one batch per level', async () => {
  const { staff } = await shop();
  const tree =
    '{ categories { nodes { slug children(first: 5) { nodes { slug parent { slug } children { nodes { slug path { slug } } } } } } } }';
  const { result, statements } = await recordQueries(() => catalog.query(staff, tree));
  expect(result).toEqual({
    categories: {
      nodes: [
        {
          slug: 'clothing',
          children: {
            nodes: [
              {
                slug: 'men',
                parent: { slug: 'clothing' },
                children: {
                  nodes: [{ slug: 'shirts', path: [{ slug: 'clothing' }, { slug: 'men' }, { slug: 'shirts' }] }],
                },
              },
            ],
          },
        },
        { slug: 'outlet', children: { nodes: [] } },
      ],
    },
  });
  // Five statements: the roots, two levels of children, the parents, and the paths.
  expect(statements).toHaveLength(5);
});

test('the children of a category are read page by page', async () => {
  const { mutate, idOf, one } = await shop();
  const parentId = await idOf('category', 'outlet');
  for (const name of ['One', 'Two', 'Three']) await mutate('categoryCreate', { name, parentId }, 'category { id }');
  const page = (args: string) =>
    one('category', 'outlet', `children(${args}) { nodes { slug } pageInfo { hasNextPage endCursor startCursor } }`);
  const first = (await page('first: 2'))?.['children'] as { nodes: object[]; pageInfo: { endCursor: string } };
  expect(first).toMatchObject({ nodes: [{ slug: 'one' }, { slug: 'two' }], pageInfo: { hasNextPage: true } });
  expect(await page(`first: 2, after: "${first.pageInfo.endCursor}"`)).toMatchObject({
    children: { nodes: [{ slug: 'three' }], pageInfo: { hasNextPage: false } },
  });
  const last = (await page('last: 2'))?.['children'] as { nodes: object[]; pageInfo: { startCursor: string } };
  expect(last).toMatchObject({ nodes: [{ slug: 'two' }, { slug: 'three' }], pageInfo: { hasNextPage: false } });
  expect(await page(`last: 2, before: "${last.pageInfo.startCursor}"`)).toMatchObject({
    children: { nodes: [{ slug: 'one' }], pageInfo: { hasNextPage: true } },
  });
});

test('a moved category keeps its descendants and its products', async () => {
  const { mutate, idOf, listed, one } = await shop();
  expect(await listed('category', 'clothing')).toEqual(['of-clothing', 'of-men', 'of-shirts']);
  const moved = await mutate(
    'categoryUpdate',
    { id: await idOf('category', 'men'), parentId: await idOf('category', 'outlet') },
    'category { path { slug } }',
  );
  expect(moved).toEqual({ category: { path: [{ slug: 'outlet' }, { slug: 'men' }] }, userErrors: [] });
  expect(await listed('category', 'clothing')).toEqual(['of-clothing']);
  expect(await listed('category', 'outlet')).toEqual(['of-men', 'of-shirts']);
  expect(await one('category', 'shirts', 'path { slug }')).toEqual({
    path: [{ slug: 'outlet' }, { slug: 'men' }, { slug: 'shirts' }],
  });
  await mutate('categoryUpdate', { id: await idOf('category', 'men'), parentId: null }, 'category { id }');
  expect(await listed('category', 'outlet')).toEqual([]);
});

test('a category cannot move below itself', async () => {
  const { mutate, idOf } = await shop();
  const refused = await mutate(
    'categoryUpdate',
    { id: await idOf('category', 'clothing'), parentId: await idOf('category', 'shirts') },
    'category { id }',
  );
  expect(refused).toEqual({ category: null, userErrors: [{ code: 'CATEGORY_CYCLE', field: ['parentId'] }] });
});

test('a category without children can be deleted, and its products stay', async () => {
  const { mutate, idOf, listed, one } = await shop();
  const men = await mutate('categoryDelete', { id: await idOf('category', 'men') }, 'deletedId');
  expect(men).toEqual({ deletedId: null, userErrors: [{ code: 'CATEGORY_HAS_CHILDREN', field: ['id'] }] });
  const id = await idOf('category', 'shirts');
  expect(await mutate('categoryDelete', { id }, 'deletedId')).toEqual({ deletedId: id, userErrors: [] });
  expect(await listed('category', 'clothing')).toEqual(['of-clothing', 'of-men']);
  expect(await one('product', 'of-shirts', 'categories { slug }')).toEqual({ categories: [] });
});

test('slugs of categories and collections are unique within their type', async () => {
  const { mutate } = await shop();
  expect(await mutate('categoryCreate', { name: 'Men', slug: 'men' }, 'category { id }')).toMatchObject({
    userErrors: [{ code: 'SLUG_TAKEN', field: ['slug'] }],
  });
  expect(await mutate('collectionCreate', { name: 'Summer', slug: 'summer' }, 'collection { id }')).toMatchObject({
    userErrors: [{ code: 'SLUG_TAKEN' }],
  });
  expect(await mutate('collectionCreate', { name: 'Men' }, 'collection { slug version }')).toEqual({
    collection: { slug: 'men', version: 1 },
    userErrors: [],
  });
});

test('a slug derived from a name gets a number when it is taken', async () => {
  const { mutate } = await shop();
  const slugOf = async (name: string, field: string) =>
    (await mutate(name, { name: 'Men' }, `${field} { slug }`))?.[field];
  expect(await slugOf('categoryCreate', 'category')).toEqual({ slug: 'men-2' });
  expect(await slugOf('categoryCreate', 'category')).toEqual({ slug: 'men-3' });
  expect(await slugOf('collectionCreate', 'collection')).toEqual({ slug: 'men' });
});

test.each(['category', 'collection'])(
  'null clears texts of a %s, and is refused where there must be one',
  async (kind) => {
    const { mutate, one } = await shop();
    const made = await mutate(
      `${kind}Create`,
      { name: 'Null', description: 'D', externalReference: 'X', translations: [{ locale: 'de', name: 'Nichts' }] },
      `${kind} { id slug }`,
    );
    const { id, slug } = (made?.[kind] ?? {}) as { id: string; slug: string };
    for (const field of ['name', 'slug'])
      expect(await mutate(`${kind}Update`, { id, [field]: null }, `${kind} { id }`)).toEqual({
        [kind]: null,
        userErrors: [{ code: 'INVALID_INPUT', field: [field] }],
      });
    await mutate(
      `${kind}Update`,
      { id, description: null, externalReference: null, translations: null },
      `${kind} { id }`,
    );
    expect(await one(kind, slug, 'name description externalReference')).toEqual({
      name: 'Null',
      description: '',
      externalReference: null,
    });
  },
);

test('products can be added to a collection and removed from it', async () => {
  const { mutate, idOf, listed, one } = await shop();
  const id = await idOf('collection', 'summer');
  const productIds = [await idOf('product', 'of-men'), await idOf('product', 'of-shirts')];
  await mutate('collectionProductsAdd', { id, productIds }, 'collection { id }');
  await mutate('collectionProductsAdd', { id, productIds }, 'collection { id }');
  expect(await listed('collection', 'summer')).toEqual(['of-men', 'of-shirts']);
  expect(await one('collection', 'summer', 'version products { totalCount }')).toEqual({
    version: 3,
    products: { totalCount: 2 },
  });
  await mutate('collectionProductsRemove', { id, productIds: productIds.slice(0, 1) }, 'collection { id }');
  expect(await listed('collection', 'summer')).toEqual(['of-shirts']);
  await mutate('collectionDelete', { id }, 'deletedId');
  expect(await one('product', 'of-shirts', 'collections { slug }')).toEqual({ collections: [] });
});

test('a collection can be renamed and translated', async () => {
  const { mutate, idOf, staff } = await shop();
  const id = await idOf('collection', 'summer');
  await mutate(
    'collectionUpdate',
    { id, name: 'Heat', translations: [{ locale: 'de', name: 'Hitze' }] },
    'collection { id }',
  );
  expect(await catalog.query({ ...staff, locale: 'de' }, '{ collections { nodes { slug name } } }')).toEqual({
    collections: { nodes: [{ slug: 'summer', name: 'Hitze' }] },
  });
});

test('an attribute can be created once, and attributes are listed by code', async () => {
  const { mutate, staff } = await shop();
  const material = { code: 'material', name: 'Material' };
  expect(await mutate('attributeCreate', material, 'attribute { code name }')).toEqual({
    attribute: material,
    userErrors: [],
  });
  expect(await mutate('attributeCreate', material, 'attribute { id }')).toMatchObject({
    userErrors: [{ code: 'CODE_TAKEN', field: ['code'] }],
  });
  expect(await mutate('attributeCreate', { ...material, code: 'No Code' }, 'attribute { id }')).toMatchObject({
    userErrors: [{ code: 'INVALID_INPUT', field: ['code'] }],
  });
  expect(await catalog.query(staff, '{ attributes { nodes { code name } } }')).toEqual({
    attributes: { nodes: [material] },
  });
});
