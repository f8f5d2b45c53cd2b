import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { GraphQLError } from 'graphql';
import type { Answer } from './testing/graphql-client.ts';
import { ORDER_SHOW } from './testing/operations.ts';
import type { Outage } from './testing/subgraph-lines.ts';
import { openEstate, startTestSouk, type TestEstate, type TestSouk } from './testing/test-souk.ts';

let estate: TestEstate;
let souk: TestSouk;
beforeAll(async () => {
  estate = await openEstate();
  souk = await startTestSouk(estate);
});
afterEach(() => souk.lines.repair());
afterAll(async () => {
  await souk.stop();
  await estate.database.drop();
});

/** What must never get out: it stands in every error that the tests make. */
const SECRETS =
  'select hash from user_account; postgres://app:hunter2@10.0.0.7:5432/souk at file:///srv/souk/pool.js:12';

/** It cannot be reached at all. */
const unreachable: Outage = () => {
  throw new Error(`connect ECONNREFUSED ${SECRETS}`);
};

/** It answers, and every field that it was asked for failed. */
const failing: Outage = () => {
  const cause = new Error(SECRETS);
  const error = new GraphQLError(SECRETS, { path: ['_entities', 0, 'availability'], originalError: cause });
  return { data: null, errors: [Object.assign(error, { extensions: { stacktrace: [SECRETS], sql: SECRETS } })] };
};

/** An error per failed field, each with the name of the subgraph and a number to ask for, and nothing of what went wrong inside. */
function expectMasked({ errors }: Answer, service: string) {
  expect(errors.length).toBeGreaterThan(0);
  for (const { message, extensions } of errors) {
    expect(message).toBe('Something went wrong');
    expect(extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', requestId: expect.any(String), service });
  }
}

const PRODUCT = `query ($slug: String!) {
  product(slug: $slug) { name variants(first: 1) { nodes { sku price { amount } availability { inStock quantity } } } }
}`;

const LISTS = `{ products(first: 1) { nodes { name } } orders(first: 1) { nodes { number } } me { email } }`;

async function offeredProduct() {
  const lamp = await souk.shop.offer({ north: 3, south: 0 });
  return { lamp, slug: lamp.name.toLowerCase().replaceAll(' ', '-') };
}

describe.each([
  ['cannot be reached', unreachable],
  ['fails', failing],
])('a subgraph that %s', (_how, outage) => {
  test('inventory: the product is shown without its availability', async () => {
    const { lamp, slug } = await offeredProduct();
    souk.lines.cut('inventory', outage);
    const answer = await souk.run(PRODUCT, { slug });
    expect(answer.data).toEqual({
      product: {
        name: lamp.name,
        variants: { nodes: [{ sku: lamp.sku, price: { amount: '10.00' }, availability: null }] },
      },
    });
    expectMasked(answer, 'inventory');
  });

  test('payments: the order is shown without its payments', async () => {
    const { id, accessToken } = await souk.buyer.order((await offeredProduct()).lamp);
    souk.lines.cut('payments', outage);
    const answer = await souk.run(ORDER_SHOW, { id, accessToken });
    expect(answer.data?.order).toMatchObject({ id, status: 'CONFIRMED', paymentStatus: 'PAID', payments: null });
    expectMasked(answer, 'payments');
  });

  test('accounts: everything but accounts is shown, also to who has signed in', async () => {
    await souk.buyer.order((await offeredProduct()).lamp);
    souk.lines.cut('accounts', outage);
    const answer = await souk.run(LISTS, {}, souk.owner);
    expect(answer.data).toMatchObject({
      products: { nodes: [expect.anything()] },
      orders: { nodes: [expect.anything()] },
      me: null,
    });
    expectMasked(answer, 'accounts');
  });

  test('catalog: the lines of an order keep what was bought', async () => {
    const { lamp } = await offeredProduct();
    const { id, accessToken } = await souk.buyer.order(lamp);
    souk.lines.cut('catalog', outage);
    const answer = await souk.run(ORDER_SHOW, { id, accessToken });
    expect(answer.data?.order.lines).toMatchObject([{ sku: lamp.sku, quantity: 1 }]);
    expectMasked(answer, 'catalog');
  });
});

test('a subgraph that its database refuses costs only its own fields, and serves again when it is let in', async () => {
  const { lamp, slug } = await offeredProduct();
  const admin = await estate.database.connect();
  await admin.query('revoke usage on schema inventory from inventory_app');
  await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
                      where usename = 'inventory_app' and datname = current_database()`);
  const answer = await souk.run(PRODUCT, { slug });
  const shown = { sku: lamp.sku, price: { amount: '10.00' }, availability: null };
  expect(answer.data?.product.variants.nodes).toEqual([shown]);
  expectMasked(answer, 'inventory');

  await admin.query('grant usage on schema inventory to inventory_app');
  const again = await souk.data(PRODUCT, { slug });
  expect(again.product.variants.nodes).toEqual([{ ...shown, availability: { inStock: true, quantity: 3 } }]);
});
