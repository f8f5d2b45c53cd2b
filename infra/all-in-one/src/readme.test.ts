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
