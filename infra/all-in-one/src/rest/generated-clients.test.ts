import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Data } from '../testing/graphql-client.ts';
import type { Article } from '../testing/test-shop.ts';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from '../testing/test-souk.ts';
import {
  heyApi,
  openapiFetch,
  orval,
  swaggerTypescriptApi,
  type ClientGenerator,
} from './testing/generated-clients.ts';
import { callRest } from './testing/rest-client.ts';

let installation: TestInstallation;
let souk: TestSouk;
let lamp: Article;
beforeAll(async () => {
  installation = await openInstallation();
  souk = await startTestSouk(installation);
  lamp = await souk.shop.offer({ north: 9, south: 0 });
  await souk.shop.offer({ north: 1, south: 0 });
  await describeLamp();
});
afterAll(async () => {
  await souk.stop();
  await installation.database.drop();
});

async function describeLamp(): Promise<void> {
  const headers = souk.owner;
  await callRest(souk.url, 'POST', '/catalog/attributes', { headers, body: { code: 'material', name: 'Material' } });
  const { body } = await callRest(souk.url, 'GET', `/products?skus=${lamp.sku}`);
  const attributes = [{ code: 'material', values: ['Opal glass'] }];
  await callRest(souk.url, 'PATCH', `/catalog/products/${body?.['data'][0].id}`, { headers, body: { attributes } });
}

const names = (answer: Data) => answer['data'].map(({ name }: Data) => name);
const ADDRESS = { name: 'A', line1: 'B 1', city: 'C', postalCode: '10115', countryCode: 'DE' };

const GENERATORS: readonly (readonly [string, ClientGenerator])[] = [
  ['openapi-fetch', openapiFetch],
  ['@hey-api/openapi-ts', heyApi],
  ['orval', orval],
  ['swagger-typescript-api', swaggerTypescriptApi],
];

describe('a client generated from the OpenAPI document', () => {
  test.each(GENERATORS)('by %s filters, reads pages, and starts an order', async (_name, generator) => {
    const folder = await mkdtemp(join(tmpdir(), 'souk-client-'));
    try {
      const client = await generator(souk.url, folder);
      const filter = { attribute: ['material:Opal glass'], 'price[currencyCode]': 'EUR', 'price[min]': '1' };
      expect(names(await client.productList({ ...filter, sort: 'NAME:DESC' }))).toEqual([lamp.name]);
      expect(names(await client.productList({ attribute: ['material:Cork'] }))).toEqual([]);
      expect(
        names(await client.productList({ skus: [lamp.sku, 'NONE'], 'price[currencyCode]': 'EUR', 'price[max]': '1' })),
      ).toEqual([]);
      const first = await client.productList({ limit: 1 });
      const second = await client.productList({ limit: 1, cursor: first['meta'].cursor });
      expect(new Set([...names(first), ...names(second)]).size).toBe(2);
      const key = randomUUID();
      const lines = [{ variantId: lamp.variantId, quantity: 2 }];
      const { data: cart } = await client.cartCreate({ lines }, key);
      expect((await client.cartCreate({ lines }, key))['data'].id).toBe(cart.id);
      const addressed = await client.cartAddressSet(cart.id, { email: 'buyer@example.test', shippingAddress: ADDRESS });
      expect(addressed['data'].shippingMethods).toHaveLength(1);
      expect((await client.cartLineRemove(cart.id, cart.lines[0].id))['data'].lines).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
