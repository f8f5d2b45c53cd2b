import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { GraphQLError } from 'graphql';
import type { Answer } from './testing/graphql-client.ts';
import { ORDER_SHOW } from './testing/operations.ts';
import type { Outage } from './testing/subgraph-lines.ts';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from './testing/test-souk.ts';

let installation: TestInstallation;
let souk: TestSouk;
beforeAll(async () => {
  installation = await openInstallation();
  souk = await startTestSouk(installation);
});
afterEach(() => souk.lines.repair());
afterAll(async () => {
  await souk.stop();
  await installation.database.drop();
});

/** Text that every simulated error contains. A client must never receive this text. */
const SECRETS =
  'select hash from user_account; postgres://app:hunter2@10.0.0.7:5432/souk at file:///srv/souk/pool.js:12';

/** Simulates a subgraph that refuses connections. */
const unreachable: Outage = () => {
  throw new Error(`connect ECONNREFUSED ${SECRETS}`);
};

/** Simulates a subgraph that responds with an error for every requested field. */
const failing: Outage = () => {
  const cause = new Error(SECRETS);
  const error = new GraphQLError(SECRETS, { path: ['_entities', 0, 'availability'], originalError: cause });
  return { data: null, errors: [Object.assign(error, { extensions: { stacktrace: [SECRETS], sql: SECRETS } })] };
};

/** Expects one masked error for each failed field, with the subgraph's name and a request id, and without the cause. */
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
  test('inventory: the product has the availability null', async () => {
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

  test('payments: the order has the payments null', async () => {
    const { id, accessToken } = await souk.buyer.order((await offeredProduct()).lamp);
    souk.lines.cut('payments', outage);
    const answer = await souk.run(ORDER_SHOW, { id, accessToken });
    expect(answer.data?.order).toMatchObject({ id, status: 'CONFIRMED', paymentStatus: 'PAID', payments: null });
    expectMasked(answer, 'payments');
  });

  test('accounts: fields of other subgraphs are returned, also to a user who is logged in', async () => {
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

  test('catalog: the lines of an order keep their SKU and quantity', async () => {
    const { lamp } = await offeredProduct();
    const { id, accessToken } = await souk.buyer.order(lamp);
    souk.lines.cut('catalog', outage);
    const answer = await souk.run(ORDER_SHOW, { id, accessToken });
    expect(answer.data?.order.lines).toMatchObject([{ sku: lamp.sku, quantity: 1 }]);
    expectMasked(answer, 'catalog');
  });
});

test('a subgraph without access to its database fails alone, and serves again when it has access', async () => {
  const { lamp, slug } = await offeredProduct();
  const admin = await installation.database.connect();
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
