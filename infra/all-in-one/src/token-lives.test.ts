import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import { createSocketClient, OrdersChangedDocument, type ClientHeaders } from '@souk/sdk';
import { createClient as sseClient } from 'graphql-sse';
import { createClient as socketClient } from 'graphql-ws';
import { shortLivedToken } from './testing/short-lived-token.ts';
import type { Article } from './testing/test-shop.ts';
import { openEstate, startTestSouk, type TestEstate, type TestSouk } from './testing/test-souk.ts';

// Access tokens live for minutes, a dashboard for a day. Here tokens live for seconds.

const TOKEN_SECONDS = 2;
const LIVES = 3;

let estate: TestEstate;
let souk: TestSouk;
const open: (() => unknown)[] = [];
beforeAll(async () => {
  estate = await openEstate();
  souk = await startTestSouk(estate);
});
afterEach(() => Promise.all(open.splice(0).map((close) => close())));
afterAll(async () => {
  await souk.stop();
  await estate.database.drop();
});

/** Which orders a client was told of, in order, and how often it asked for a token. */
interface Dashboard {
  readonly told: string[];
  readonly failures: unknown[];
  tokens: number;
}

const emptyDashboard = (): Dashboard => ({ told: [], failures: [], tokens: 0 });

function freshToken(dashboard: Dashboard, seconds = TOKEN_SECONDS): ClientHeaders {
  dashboard.tokens += 1;
  const token = souk.owner['authorization']?.replace('Bearer ', '') ?? '';
  return { authorization: `Bearer ${shortLivedToken(token, String(estate.secrets['signingKeyPem']), seconds)}` };
}

const url = () => `${souk.url}/graphql`;
const socketUrl = () => url().replace('http', 'ws');

interface Told {
  readonly type: string;
  readonly order: { readonly number: string } | null;
}
const line = ({ type, order }: Told) => `${order?.number} ${type}`;
const numberOf = (status: string) => status.slice(0, status.indexOf(' '));

function bySdk(): Dashboard {
  const dashboard = emptyDashboard();
  const client = createSocketClient({ url: socketUrl(), headers: async () => freshToken(dashboard) });
  open.push(() => client.close());
  client.subscribe(
    OrdersChangedDocument,
    {},
    {
      next: ({ data }) => data?.ordersChanged && dashboard.told.push(line(data.ordersChanged)),
      error: (error) => dashboard.failures.push(error),
    },
  );
  return dashboard;
}

/** The request that PROTOCOL.md shows, and its sink. */
function resuming(dashboard: Dashboard) {
  let position: unknown;
  const request = {
    query: 'subscription { ordersChanged { type order { number } } }',
    extensions: {
      resumable: true,
      get resumeAfter() {
        return position;
      },
    },
  };
  const sink = {
    next({ data, extensions }: { data?: { ordersChanged: Told } | null; extensions?: Record<string, unknown> }) {
      position = extensions?.['position'] ?? position;
      if (data) dashboard.told.push(line(data.ordersChanged));
    },
    error: (error: unknown) => dashboard.failures.push(error),
    complete: () => dashboard.failures.push('it completed'),
  };
  return { request, sink };
}

function byGraphqlWs(): Dashboard {
  const dashboard = emptyDashboard();
  const client = socketClient({ url: socketUrl(), connectionParams: async () => ({ ...freshToken(dashboard) }) });
  open.push(() => client.dispose());
  const { request, sink } = resuming(dashboard);
  client.subscribe<{ ordersChanged: Told }>(request, sink);
  return dashboard;
}

function byGraphqlSse(): Dashboard {
  const dashboard = emptyDashboard();
  const client = sseClient({ url: url(), headers: async () => ({ ...freshToken(dashboard) }) });
  open.push(() => client.dispose());
  const { request, sink } = resuming(dashboard);
  client.subscribe<{ ordersChanged: Told }>(request, sink);
  return dashboard;
}

const HISTORY = `query History($id: ID!) { order(id: $id) { number events { nodes { type } } } }`;

/** Every status of the order, by its own account. */
async function statusesOf(id: string): Promise<readonly string[]> {
  const { order } = await souk.data(HISTORY, { id }, souk.owner);
  return order.events.nodes.map(({ type }: { readonly type: string }) => line({ type, order }));
}

const placeOrder = async (article: Article): Promise<string> => (await souk.buyer.order(article)).id;

test('the SDK, graphql-ws and graphql-sse outlive their tokens several times, and miss no status', async () => {
  const dashboards = [bySdk(), byGraphqlWs(), byGraphqlSse()];
  const failures = () => dashboards.flatMap((dashboard) => dashboard.failures);
  const article = await souk.shop.offer({ north: 10_000, south: 0 });
  // What happens before a subscription has begun is not delivered.
  const before = new Set<string>();
  while (dashboards.some(({ told }) => told.length === 0)) {
    for (const status of await statusesOf(await placeOrder(article))) before.add(numberOf(status));
  }
  const ids: string[] = [];
  while (failures().length === 0 && dashboards.some(({ tokens }) => tokens <= LIVES)) {
    ids.push(await placeOrder(article));
  }
  for (const { told } of dashboards) {
    const counted = () => told.filter((status) => !before.has(numberOf(status))).toSorted();
    const expected = async () => (await Promise.all(ids.map(statusesOf))).flat().toSorted();
    const isTold = async () => counted().join() === (await expected()).join();
    await until(isTold).catch(async () => expect(counted()).toEqual(await expected()));
  }
  expect(failures()).toEqual([]);
});

test('the SDK goes on when its token could not be had at first, or was one that had expired', async () => {
  const dashboard = emptyDashboard();
  const client = createSocketClient({
    url: socketUrl(),
    async headers() {
      if (dashboard.tokens === 0) {
        dashboard.tokens += 1;
        throw new Error('the network is down');
      }
      return freshToken(dashboard, dashboard.tokens === 1 ? -60 : TOKEN_SECONDS);
    },
  });
  open.push(() => client.close());
  const { promise, resolve } = Promise.withResolvers<unknown>();
  client.subscribe(OrdersChangedDocument, {}, { next: resolve, error: (error) => dashboard.failures.push(error) });
  const before = souk.lines.openings;
  await until(() => souk.lines.openings > before);
  await souk.buyer.order(await souk.shop.offer({ north: 3, south: 0 }));
  await promise;
  expect(dashboard.tokens).toBeGreaterThanOrEqual(3);
  expect(dashboard.failures).toEqual([]);
});
