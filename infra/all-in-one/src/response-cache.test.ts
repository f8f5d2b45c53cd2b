import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from './testing/test-souk.ts';

let installation: TestInstallation;
let souk: TestSouk;
beforeAll(async () => {
  installation = await openInstallation();
  souk = await startTestSouk(installation);
});
afterAll(async () => {
  await souk.stop();
  await installation.database.drop();
});

const PRICE = 'query ($sku: String!) { productVariant(sku: $sku) { id price { amount } product { name } } }';
const PRICES_SET = `mutation ($input: VariantPricesSetInput!) {
  variantPricesSet(input: $input) { userErrors { message } }
}`;
const IN_STOCK = '{ products(first: 200, filter: { inStock: true }) { nodes { name } } }';
const SHELF = 'query ($slug: String!) { category(slug: $slug) { name } }';
const CATEGORY_CREATE = `mutation ($input: CategoryCreateInput!) {
  categoryCreate(input: $input) { category { id } userErrors { message } }
}`;
const CATEGORY_UPDATE = `mutation ($input: CategoryUpdateInput!) {
  categoryUpdate(input: $input) { category { id } userErrors { message } }
}`;

async function ask(query: string, variables: object = {}) {
  const { data, headers } = await souk.run(query, variables);
  return { data, age: headers.get('age'), control: headers.get('cache-control') };
}

test('a changed price is visible soon, although responses are cached', async () => {
  const { sku, variantId } = await souk.shop.offer({ north: 1, south: 0, price: '10.00' });
  const shown = async () => (await ask(PRICE, { sku })).data?.productVariant.price.amount;
  expect(await shown()).toBe('10.00');
  expect((await ask(PRICE, { sku })).age).toBe('0');
  const input = { id: variantId, prices: [{ currencyCode: 'EUR', amount: '12.50' }] };
  const { data } = await souk.run(PRICES_SET, { input }, souk.owner);
  expect(data?.variantPricesSet.userErrors).toEqual([]);
  await until(async () => (await shown()) === '12.50');
});

test('a product that sells out leaves the cached list of products in stock', async () => {
  const lamp = await souk.shop.offer({ north: 1, south: 0 });
  const listed = async () =>
    (await ask(IN_STOCK)).data?.products.nodes.some(({ name }: { name: string }) => name === lamp.name);
  await until(listed);
  await souk.buyer.pay(await souk.buyer.fillCart(lamp));
  await until(async () => !(await listed()));
});

test('a renamed category is visible by its new name', async () => {
  const created = await souk.run(CATEGORY_CREATE, { input: { name: 'Lamps', slug: 'lamps' } }, souk.owner);
  const id: string = created.data?.categoryCreate.category.id;
  const shown = async () => (await ask(SHELF, { slug: 'lamps' })).data?.category?.name;
  expect(await shown()).toBe('Lamps');
  await souk.run(CATEGORY_UPDATE, { input: { id, name: 'Lights' } }, souk.owner);
  await until(async () => (await shown()) === 'Lights');
});

test('a response with stock from inventory is not cached', async () => {
  const { sku } = await souk.shop.offer({ north: 1, south: 0 });
  const query = 'query ($sku: String!) { productVariant(sku: $sku) { availability { quantity } } }';
  expect((await ask(query, { sku })).control).toBe('no-store');
});
