import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { API_KEY_ROLE, type RequestContext } from '@souk/kit/context';
import { testActors } from '@souk/kit/testing';
import { shirt, startTestCatalog, type TestCatalog } from '../testing/catalog.ts';

let catalog: TestCatalog;
beforeAll(async () => void (catalog = await startTestCatalog()));
afterAll(() => catalog.close());

const SET = `mutation ($input: ProductMetafieldsSetInput!) {
  productMetafieldsSet(input: $input) { product { version } userErrors { code field } } }`;

/** A tenant with a product, its callers, and two programs with API keys. */
async function shop() {
  const actors = testActors(['catalog:write']);
  await catalog.services.importProducts(actors.system, [shirt({ slug: 'shirt' })]);
  const find = '{ product(slug: "shirt") { id } }';
  const { product } = await catalog.query<{ product: { id: string } }>(actors.staff, find);
  const app = (): RequestContext => ({
    ...actors.staff,
    actor: { kind: 'user', userId: randomUUID(), role: API_KEY_ROLE, scopes: ['catalog:write'] },
  });
  return {
    ...actors,
    erp: app(),
    feed: app(),
    async set(ctx: RequestContext, metafields: readonly object[], more: object = {}) {
      const input = { id: product.id, metafields, ...more };
      return (await catalog.query<{ productMetafieldsSet: object }>(ctx, SET, { input })).productMetafieldsSet;
    },
    async read(ctx: RequestContext, argument = '') {
      const document = `{ product(slug: "shirt") { metafields${argument} { namespace key type value visibility } } }`;
      type Answer = { product: { metafields: Record<string, string>[] } };
      const { product: read } = await catalog.query<Answer>(ctx, document);
      return read.metafields.map(({ namespace, key, value }) => `${namespace}.${key}=${value}`);
    },
  };
}

test('each caller reads the metafields of its visibility, and programs read their own', async () => {
  const { set, read, staff, shopper, stranger, erp, feed, otherTenant } = await shop();
  const answer = await set(staff, [
    { namespace: 'care', key: 'wash', value: '30', visibility: 'PUBLIC' },
    { namespace: 'buying', key: 'margin', type: 'JSON', value: '{"percent":40}' },
  ]);
  expect(answer).toEqual({ product: { version: 2 }, userErrors: [] });
  await set(erp, [{ namespace: 'sync', key: 'hash', value: 'erp', visibility: 'APP' }]);
  await set(feed, [{ namespace: 'sync', key: 'hash', value: 'feed', visibility: 'APP' }]);
  for (const caller of [shopper, stranger]) expect(await read(caller)).toEqual(['care.wash=30']);
  expect(await read(staff)).toEqual(['buying.margin={"percent":40}', 'care.wash=30']);
  expect(await read(erp, '(namespace: "sync")')).toEqual(['sync.hash=erp']);
  expect(await read(feed, '(namespace: "sync")')).toEqual(['sync.hash=feed']);
  expect(await set(otherTenant, [])).toMatchObject({ userErrors: [{ code: 'NOT_FOUND', field: ['id'] }] });
});

test('a metafield is replaced, hidden and deleted, and the others stay', async () => {
  const { set, read, staff, shopper } = await shop();
  const wash = { namespace: 'care', key: 'wash' };
  await set(staff, [
    { ...wash, value: '30', visibility: 'PUBLIC' },
    { ...wash, key: 'iron', value: 'no', visibility: 'PUBLIC' },
  ]);
  await set(staff, [{ ...wash, value: '40' }]);
  expect(await read(shopper)).toEqual(['care.iron=no']);
  expect(await read(staff)).toEqual(['care.iron=no', 'care.wash=40']);
  await set(staff, [{ ...wash, value: null }]);
  expect(await read(staff)).toEqual(['care.iron=no']);
  const stale = await set(staff, [{ ...wash, value: '60' }], { expectedVersion: 1 });
  expect(stale).toMatchObject({ product: null, userErrors: [{ code: 'VERSION_CONFLICT' }] });
});

test.each<[string, object, string]>([
  ['a namespace with a space', { namespace: 'my app' }, 'namespace'],
  ['a key in capitals', { key: 'Hash' }, 'key'],
  ['a value that is no JSON', { type: 'JSON', value: '{' }, 'value'],
  ['APP without an API key', { visibility: 'APP' }, 'visibility'],
  ['a value of 10,001 characters', { value: 'x'.repeat(10_001) }, 'value'],
])('%s is refused', async (_what, values, field) => {
  const { set, staff } = await shop();
  const metafield = { namespace: 'a', key: 'b', value: 'c', ...values };
  expect(await set(staff, [metafield])).toMatchObject({
    userErrors: [{ code: 'INVALID_INPUT', field: ['metafields', '0', field] }],
  });
});

test('a product has at most 100 metafields, of all owners', async () => {
  const { set, read, staff, erp } = await shop();
  const many = (from: number, visibility: string) =>
    Array.from({ length: 50 }, (_, index) => ({ namespace: 'n', key: `k${from + index}`, value: '', visibility }));
  expect(await set(staff, many(0, 'STAFF'))).toMatchObject({ userErrors: [] });
  expect(await set(erp, many(0, 'APP'))).toMatchObject({ userErrors: [] });
  const more = [{ namespace: 'n', key: 'more', value: '' }];
  expect(await set(staff, more)).toMatchObject({ product: null, userErrors: [{ code: 'METAFIELD_LIMIT_REACHED' }] });
  expect(await read(staff)).toHaveLength(50);
});
