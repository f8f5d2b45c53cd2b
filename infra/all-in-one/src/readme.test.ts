import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
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

/** The body that the README's curl sends. */
function bodyOfCurl(): string {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const [, body] = /curl [^\n]*\/graphql [^']*'content-type: application\/json' -d '([^']+)'/.exec(readme) ?? [];
  if (!body) throw new Error('The README shows no curl to /graphql');
  return body;
}

test('the query that the README shows is answered as it says, from two subgraphs', async () => {
  const { sku, name } = await souk.shop.offer({ north: 1, south: 0, price: '19.90' });
  // A shell hands over the line break between its quotes, and JSON takes it between its members.
  const answer = await souk.send({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: bodyOfCurl(),
  });
  const price = { amount: '19.90', currencyCode: 'EUR' };
  const variant = { sku, price, availability: { inStock: true } };
  expect(answer).toMatchObject({
    errors: [],
    data: { products: { nodes: [{ name, variants: { nodes: [variant] } }] } },
  });
});

test('the request to the REST API that the README shows is answered with one product', async () => {
  const { name } = await souk.shop.offer({ north: 1, south: 0 });
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const [, path] = /curl -s 'http:\/\/127\.0\.0\.1:4000(\/api\/v1\/[^']+)'/.exec(readme) ?? [];
  const response = await fetch(`${souk.url}${path}`);
  expect(await response.json()).toMatchObject({ status: 'success', data: [{ name }], meta: { limit: 1 } });
});

test('the README counts the REST routes right', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const openapi = JSON.parse(readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8'));
  const routes = Object.values<object>(openapi.paths).flatMap((methods) => Object.keys(methods));
  expect(readme).toContain(`REST API of ${routes.length} routes`);
});
