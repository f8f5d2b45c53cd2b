import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
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

const CHANNEL_CREATE = `mutation ($input: ChannelCreateInput!) {
  channelCreate(input: $input) { channel { id } userErrors { message } }
}`;
const LIST_CREATE = `mutation ($input: PriceListCreateInput!) {
  priceListCreate(input: $input) { priceList { id } userErrors { message } }
}`;
const LIST_PRICES_SET = `mutation ($input: PriceListPricesSetInput!) {
  priceListPricesSet(input: $input) { userErrors { message } }
}`;

/** The price in the body of an answer, on any transport. */
const amountIn = (body: string) => /"price":\{"amount":"([\d.]+)"/.exec(body)?.[1];

/** Requests that show the price of a variant, by transport. */
const TRANSPORTS: Readonly<Record<string, (sku: string, headers: Record<string, string>) => Promise<string>>> = {
  POST: (sku, headers) => text('/graphql', post(sku, { ...headers, accept: 'application/json' })),
  GET(sku, headers) {
    const search = new URLSearchParams({ query: PRICE, variables: JSON.stringify({ sku }) });
    return text(`/graphql?${search.toString()}`, {
      headers: { ...headers, accept: 'application/graphql-response+json' },
    });
  },
  SSE: (sku, headers) => text('/graphql', post(sku, { ...headers, accept: 'text/event-stream' })),
  REST: (sku, headers) => text(`/api/v1/variants/${sku}`, { headers }),
  async SOCKET(sku, headers) {
    const url = `${souk.url.replace('http', 'ws')}/graphql`;
    const client = createClient({ url, webSocketImpl: WebSocket, connectionParams: headers, retryAttempts: 0 });
    const { value } = await client.iterate({ query: PRICE, variables: { sku } }).next();
    await client.dispose();
    return JSON.stringify(value);
  },
};
const post = (sku: string, headers: Record<string, string>): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ query: PRICE, variables: { sku } }),
});
const text = async (path: string, request: RequestInit) => (await fetch(`${souk.url}${path}`, request)).text();

test('the price of one sales channel never shows in another, on any transport', async () => {
  const { sku, variantId } = await souk.shop.offer({ north: 1, south: 0, price: '10.00' });
  const channelIds: string[] = [];
  for (const code of ['web', 'wholesale']) {
    const { data } = await souk.run(CHANNEL_CREATE, { input: { code, name: code } }, souk.owner);
    channelIds.push(data?.channelCreate.channel.id);
  }
  const list = { code: 'wholesale', name: 'Wholesale', currencyCode: 'EUR', channelIds: channelIds.slice(1) };
  const created = await souk.run(LIST_CREATE, { input: list }, souk.owner);
  const id: string = created.data?.priceListCreate.priceList.id;
  await souk.run(LIST_PRICES_SET, { input: { id, prices: [{ variantId, price: '7.50' }] } }, souk.owner);
  const wholesale = { 'x-channel': 'wholesale' };
  await until(async () => (await souk.run(PRICE, { sku }, wholesale)).data?.productVariant.price.amount === '7.50');
  for (const [name, ask] of Object.entries(TRANSPORTS)) {
    const shown = [];
    for (const headers of [wholesale, {}, { 'x-channel': 'WEB' }, wholesale])
      shown.push(amountIn(await ask(sku, headers)));
    expect([name, ...shown]).toEqual([name, '7.50', '10.00', '10.00', '7.50']);
  }
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
