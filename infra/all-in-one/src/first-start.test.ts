import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { PlaygroundTab } from '@souk/gateway';
import { createLogger } from '@souk/kit/runtime';
import { until } from '@souk/kit/testing';
import type { StartReport } from '@souk/deployment/start';
import { loadDemo } from '@souk/demo/load';
import { DEMO_TENANT } from '@souk/demo/shops';
import { playgroundStart } from '@souk/demo/playground';
import { startSouk, type Souk } from './souk.ts';
import type { Subgraphs } from '@souk/deployment/subgraphs';
import { graphqlClient, type Data, type GraphqlClient, type Headers } from './testing/graphql-client.ts';
import { SubgraphLines } from './testing/subgraph-lines.ts';
import { openInstallation, type TestInstallation } from './testing/test-souk.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'souk-first-start-'));
const report: StartReport = { say: () => undefined, step: async (_label, work) => work() };
const lines = new SubgraphLines();

const KEY = 'the key of the printed link';
let installation: TestInstallation;
let souk: Souk;
let url: string;
let client: GraphqlClient;
let tabs: readonly PlaygroundTab[];

const load = (subgraphs: Subgraphs) => loadDemo(subgraphs, { dataDir, mediaDirectory: dataDir, report });

beforeAll(async () => {
  installation = await openInstallation();
  souk = await startSouk({
    databaseUrl: (role) => installation.database.url(role),
    secrets: installation.secrets,
    logger: createLogger({ level: 'silent' }),
    defaultTenantId: DEMO_TENANT.id,
    mediaDirectory: dataDir,
    transport: lines.through,
    async beforeServing(subgraphs) {
      await load(subgraphs);
      const playground = playgroundStart(subgraphs, KEY);
      ({ tabs } = await playground.open({ isOperator: true }));
      return playground;
    },
  });
  url = await souk.gateway.app.listen({ host: '127.0.0.1', port: 0 });
  client = graphqlClient(url);
});
afterAll(async () => {
  await souk.stop();
  await installation.database.drop();
  rmSync(dataDir, { recursive: true });
});

function exampleIn(all: readonly PlaygroundTab[], name: string): [query: string, variables: Data, headers: Headers] {
  const tab = all.find(({ query }) => new RegExp(`^(?:query|mutation|subscription) ${name}\\b`, 'm').test(query));
  if (!tab) throw new Error(`The playground has no example "${name}".`);
  return [tab.query, JSON.parse(tab.variables ?? '{}'), JSON.parse(tab.headers ?? '{}')];
}

const example = (name: string) => exampleIn(tabs, name);

async function login(): Promise<Headers> {
  const { login: payload } = await client.data(...example('Login'));
  return { authorization: `Bearer ${payload.accessToken}` };
}

test('the examples of the playground run unchanged: a list, a cart, and the subscriptions of an order', async () => {
  const { products } = await client.data(...example('ProductList'));
  expect(products.nodes).toHaveLength(20);
  const { cartCreate } = await client.data(...example('CartCreate'));
  expect(cartCreate).toMatchObject({ cart: { lines: [{ quantity: 2 }] }, userErrors: [] });

  const watched = client.subscribe(...example('OrderStatusChanged'));
  await until(() => lines.openings > 0);
  const dashboard = client.subscribe(...example('OrdersChanged'));
  await until(() => lines.openings > 1);
  const { fulfillmentShip } = await client.data(...example('OrderShip'));
  expect(fulfillmentShip).toMatchObject({ fulfillment: { status: 'SHIPPED' }, userErrors: [] });
  await watched.next(({ orderStatusChanged }) => orderStatusChanged.type === 'SHIPPED');
  await dashboard.next(({ ordersChanged }) => ordersChanged.type === 'SHIPPED');
  await Promise.all([watched.close(), dashboard.close()]);
});

test('a visitor without the key gets no token and no password, and reads how to log in', async () => {
  const page = await (await fetch(`${url}/playground`)).text();
  expect(page).toContain('open the playground by the link that Souk printed');
  expect(page).toContain('query ProductList');
  expect(page).toContain('accessToken>'); // Part of the instructions.
  expect(page).not.toMatch(/Bearer ey/);
  expect(page).not.toContain(DEMO_TENANT.owner.password);
});

test('a visitor with the printed link has a token, and on each visit an order that can be shipped', async () => {
  const page = await (await fetch(`${url}/playground?key=${encodeURIComponent(KEY)}`)).text();
  expect(page).toMatch(/Bearer ey/);
  expect(page).not.toContain('the link that Souk printed');
  const { open } = playgroundStart(souk.subgraphs, KEY);
  const shipped: string[] = [];
  for (let visit = 0; visit < 3; visit += 1) {
    const ship = exampleIn((await open({ isOperator: true })).tabs, 'OrderShip');
    const { fulfillmentShip } = await client.data(...ship);
    expect(fulfillmentShip).toMatchObject({ fulfillment: { status: 'SHIPPED' }, userErrors: [] });
    shipped.push(ship[1]['input'].fulfillmentId);
  }
  expect(new Set(shipped).size).toBe(3);
});

test("a guest's visit places no order", async () => {
  const owner = await login();
  const { open } = playgroundStart(souk.subgraphs, KEY);
  const before = await client.data(BOOKS, {}, owner);
  expect((await open({ isOperator: false })).tabs).not.toEqual([]);
  expect(await client.data(BOOKS, {}, owner)).toEqual(before);
});

test('visits within five minutes share one token, and later visits get a new token', async () => {
  let now = new Date();
  const { open } = playgroundStart(souk.subgraphs, KEY, { now: () => now });
  const visit = async () => JSON.stringify(await open({ isOperator: true })).match(/Bearer [\w.-]+/)?.[0];
  const first = await visit();
  expect(first).toMatch(/^Bearer ey/);
  now = new Date(now.getTime() + 4 * 60_000);
  expect(await visit()).toBe(first);
  now = new Date(now.getTime() + 2 * 60_000);
  expect(await visit()).not.toBe(first);
});

test('the example for staff returns its query plan, and data from three subgraphs', async () => {
  const { data, extensions } = await client.run(...example('Orders'));
  expect(data?.orders.nodes).toHaveLength(10);
  expect(extensions['queryPlan']).toMatch(/QueryPlan[\s\S]*service: "payments"/);
  const stranger = await client.run(
    '{ products(first: 1) { nodes { id } } }',
    {},
    { 'apollo-expose-query-plan': 'true' },
  );
  expect(stranger.extensions['queryPlan']).toBeUndefined();
});

const BOOKS = `{ products(first: 1) { totalCount }
  orders(first: 200) { nodes { number status paymentStatus fulfillmentStatus } } }`;

test('the next start completes an interrupted load, and creates nothing twice', async () => {
  const owner = await login();
  const before = await client.data(BOOKS, {}, owner);
  rmSync(join(dataDir, 'demo.json')); // The load writes this file last.
  await load(souk.subgraphs);
  expect(await client.data(BOOKS, {}, owner)).toEqual(before);
});
