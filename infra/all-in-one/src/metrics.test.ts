import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import { ROSTER } from '@souk/deployment/roster';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from './testing/test-souk.ts';

const PRODUCT_LIST = '{ products(first: 1) { nodes { slug } } }';

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

/** Reads the values of a metric, by labels. The labels are sorted by name. */
async function valuesOf(name: string): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`${souk.url}/metrics`)).text();
  const samples = text.matchAll(new RegExp(`^${name}\\{(.*)\\} (\\S+)$`, 'gm'));
  return new Map(
    Array.from(samples, ([, labels = '', value]) => [labels.split(',').toSorted().join(), Number(value)] as const),
  );
}

const of = (subgraph: string, more = '') => `process="all-in-one",${more}subgraph="${subgraph}"`;

test('the process exports metrics of operations, fetches, connections, outboxes and the event loop', async () => {
  await souk.shop.offer({ north: 1, south: 0 });
  await souk.data(PRODUCT_LIST, {}, souk.owner);
  expect((await valuesOf('souk_operation_duration_seconds_count')).size).toBeGreaterThan(0);
  const fetches = await valuesOf('souk_subgraph_fetch_duration_seconds_count');
  expect(fetches.get('operation="catalog",outcome="ok",process="all-in-one"')).toBeGreaterThan(0);
  expect(await valuesOf('souk_gateway_connections')).toEqual(
    new Map([
      ['kind="socket",process="all-in-one"', 0],
      ['kind="event_stream",process="all-in-one"', 0],
    ]),
  );
  expect((await valuesOf('nodejs_eventloop_lag_p99_seconds')).size).toBe(1);
  const [pools, outboxes] = [
    await valuesOf('souk_database_pool_max_connections'),
    await valuesOf('souk_outbox_lag_seconds'),
  ];
  expect((await valuesOf('souk_search_lag_seconds')).get('process="all-in-one"')).toBeGreaterThanOrEqual(0);
  for (const { name } of ROSTER) {
    expect(pools.get(of(name))).toBe(10);
    expect(outboxes.get(of(name))).toBeGreaterThanOrEqual(0);
  }
});

test('used database connections and waiting requests are counted', async () => {
  const client = await installation.database.connect();
  await client.query('begin');
  await client.query('lock table catalog.product in access exclusive mode');
  // No index serves this filter, so the list may be slow. Each slow list has its own connection, and 12 requests use up the pool.
  const list = '{ products(first: 1, filter: { inStock: true }) { nodes { id } } }';
  const asked = Array.from({ length: 12 }, () => souk.data(list, {}, souk.owner));
  const busy = async () =>
    (await valuesOf('souk_database_pool_connections')).get(`process="all-in-one",state="in_use",subgraph="catalog"`);
  try {
    await until(async () => (await busy()) === 10);
    expect((await valuesOf('souk_database_pool_waiting_requests')).get(of('catalog'))).toBeGreaterThan(0);
  } finally {
    await client.query('rollback');
  }
  await Promise.all(asked);
});
