import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { testActors } from '@souk/kit/testing';
import { shirt, startTestCatalog, type TestCatalog } from '../testing/catalog.ts';

let catalog: TestCatalog;
beforeAll(async () => void (catalog = await startTestCatalog()));
afterAll(() => catalog.close());

/** A tenant with a linen product and its attribute. */
async function shop() {
  const { shopper, staff, system } = testActors(['catalog:write']);
  await catalog.services.importAttributes(system, [{ code: 'material', name: 'Material' }]);
  const attributes = [{ code: 'material', values: ['Linen'] }];
  await catalog.services.importProducts(system, [shirt({ slug: 'linen', attributes })]);
  const list = '{ attributes { nodes { id code name version } } }';
  const { attributes: found } = await catalog.query<{ attributes: { nodes: { id: string }[] } }>(staff, list);
  return {
    id: found.nodes[0]?.id,
    async mutate(name: 'Create' | 'Update' | 'Delete', input: object, selection: string, ctx = staff) {
      const document = `mutation ($input: Attribute${name}Input!) {
        attribute${name}(input: $input) { ${selection} userErrors { code field } } }`;
      return (await catalog.query<Record<string, object>>(ctx, document, { input }))[`attribute${name}`];
    },
    shown: async () =>
      (await catalog.query<{ product: object }>(shopper, '{ product(slug: "linen") { attributes { name values } } }'))
        .product,
    filtered: async () =>
      (
        await catalog.query<{ products: { nodes: object[] } }>(
          shopper,
          '{ products(filter: { attributes: [{ code: "material", values: ["Linen"] }] }) { nodes { slug } } }',
        )
      ).products.nodes,
    shopper,
  };
}

test('products show the new name of a renamed attribute, and its code stays', async () => {
  const { id, mutate, shown } = await shop();
  const input = { id, name: 'Fabric', expectedVersion: 1 };
  expect(await mutate('Update', input, 'attribute { code name version }')).toEqual({
    attribute: { code: 'material', name: 'Fabric', version: 2 },
    userErrors: [],
  });
  expect(await shown()).toEqual({ attributes: [{ name: 'Fabric', values: ['Linen'] }] });
  expect(await mutate('Update', input, 'attribute { id }')).toEqual({
    attribute: null,
    userErrors: [{ code: 'VERSION_CONFLICT', field: ['expectedVersion'] }],
  });
  expect(await mutate('Update', { id, name: null }, 'attribute { id }')).toEqual({
    attribute: null,
    userErrors: [{ code: 'INVALID_INPUT', field: ['name'] }],
  });
});

test('a deleted attribute disappears from products and filters, and its code is free', async () => {
  const { id, mutate, shown, filtered } = await shop();
  expect(await filtered()).toEqual([{ slug: 'linen' }]);
  expect(await mutate('Delete', { id }, 'deletedId')).toEqual({ deletedId: id, userErrors: [] });
  expect(await shown()).toEqual({ attributes: [] });
  expect(await filtered()).toEqual([]);
  expect(await mutate('Delete', { id }, 'deletedId')).toEqual({
    deletedId: null,
    userErrors: [{ code: 'NOT_FOUND', field: ['id'] }],
  });
  expect(await mutate('Create', { code: 'material', name: 'New' }, 'attribute { code }')).toMatchObject({
    userErrors: [],
  });
  expect(await filtered()).toEqual([]);
});

test('shoppers cannot change attributes', async () => {
  const { id, mutate, shopper } = await shop();
  await expect(mutate('Update', { id, name: 'Mine' }, 'attribute { id }', shopper)).rejects.toThrow('Sign in');
  await expect(mutate('Delete', { id }, 'deletedId', shopper)).rejects.toThrow('Sign in');
});
