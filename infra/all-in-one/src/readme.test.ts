import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
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

function bodyOfCurl(): string {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const [, body] = /curl [^\n]*\/graphql [^']*'content-type: application\/json' -d '([^']+)'/.exec(readme) ?? [];
  if (!body) throw new Error('The README has no curl command to /graphql with a body. The test expects one.');
  return body;
}

test('the query of the README returns a product with data from two subgraphs', async () => {
  const { sku, name } = await souk.shop.offer({ north: 1, south: 0, price: '19.90' });
  // The body may contain a line break. A shell keeps it within quotes, and JSON allows it between properties.
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

test('the REST request of the README returns one product', async () => {
  const { name } = await souk.shop.offer({ north: 1, south: 0 });
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const [, path] = /curl -s 'http:\/\/127\.0\.0\.1:4000(\/api\/v1\/[^']+)'/.exec(readme) ?? [];
  const response = await fetch(`${souk.url}${path}`);
  expect(await response.json()).toMatchObject({ status: 'success', data: [{ name }], meta: { limit: 1 } });
});

test('the README states the right number of REST routes', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const openapi = JSON.parse(readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8'));
  const routes = Object.values<object>(openapi.paths).flatMap((methods) => Object.keys(methods));
  expect(readme).toContain(`REST API of ${routes.length} routes`);
});
