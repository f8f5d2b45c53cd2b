import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import { openEstate, startTestSouk, type TestEstate, type TestSouk } from './testing/test-souk.ts';

let estate: TestEstate;
let souk: TestSouk;
beforeAll(async () => {
  estate = await openEstate();
  souk = await startTestSouk(estate);
});
afterAll(async () => {
  await souk.stop();
  await estate.database.drop();
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

test('a price that changes is seen soon, though answers are kept', async () => {
  const { sku, variantId } = await souk.shop.offer({ north: 1, south: 0, price: '10.00' });
  const shown = async () => (await ask(PRICE, { sku })).data?.productVariant.price.amount;
  expect(await shown()).toBe('10.00');
  expect((await ask(PRICE, { sku })).age).toBe('0');
  const input = { id: variantId, prices: [{ currencyCode: 'EUR', amount: '12.50' }] };
  const { data } = await souk.run(PRICES_SET, { input }, souk.owner);
  expect(data?.variantPricesSet.userErrors).toEqual([]);
  await until(async () => (await shown()) === '12.50');
});

test('a product that sells out leaves the list of what is in stock', async () => {
  const lamp = await souk.shop.offer({ north: 1, south: 0 });
  const listed = async () =>
    (await ask(IN_STOCK)).data?.products.nodes.some(({ name }: { name: string }) => name === lamp.name);
  await until(listed);
  await souk.buyer.pay(await souk.buyer.fillCart(lamp));
  await until(async () => !(await listed()));
});

test('a category that is renamed is seen by its new name', async () => {
  const created = await souk.run(CATEGORY_CREATE, { input: { name: 'Lamps', slug: 'lamps' } }, souk.owner);
  const id: string = created.data?.categoryCreate.category.id;
  const shown = async () => (await ask(SHELF, { slug: 'lamps' })).data?.category?.name;
  expect(await shown()).toBe('Lamps');
  await souk.run(CATEGORY_UPDATE, { input: { id, name: 'Lights' } }, souk.owner);
  await until(async () => (await shown()) === 'Lights');
});

test('what inventory says of a variant is asked for each time', async () => {
  const { sku } = await souk.shop.offer({ north: 1, south: 0 });
  const query = 'query ($sku: String!) { productVariant(sku: $sku) { availability { quantity } } }';
  expect((await ask(query, { sku })).control).toBe('no-store');
});
