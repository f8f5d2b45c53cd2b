import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import { createSocketClient, OrdersChangedDocument, type ClientHeaders } from '@souk/sdk';
import { createClient as sseClient } from 'graphql-sse';
import { createClient as socketClient } from 'graphql-ws';
import { shortLivedToken } from './testing/short-lived-token.ts';
import type { Article } from './testing/test-shop.ts';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from './testing/test-souk.ts';

// Access tokens live for minutes, and a dashboard runs for a day. In these tests, tokens live for seconds.

const TOKEN_SECONDS = 2;
const LIVES = 3;

let installation: TestInstallation;
let souk: TestSouk;
const open: (() => unknown)[] = [];
beforeAll(async () => {
  installation = await openInstallation();
  souk = await startTestSouk(installation);
});
afterEach(() => Promise.all(open.splice(0).map((close) => close())));
afterAll(async () => {
  await souk.stop();
  await installation.database.drop();
});

/** The statuses that a client received, in order, and the number of tokens that the client requested. */
interface Dashboard {
  readonly received: string[];
  readonly failures: unknown[];
  tokens: number;
}

const emptyDashboard = (): Dashboard => ({ received: [], failures: [], tokens: 0 });

function freshToken(dashboard: Dashboard, seconds = TOKEN_SECONDS): ClientHeaders {
  dashboard.tokens += 1;
  const token = souk.owner['authorization']?.replace('Bearer ', '') ?? '';
  return { authorization: `Bearer ${shortLivedToken(token, String(installation.secrets['signingKeyPem']), seconds)}` };
}

const url = () => `${souk.url}/graphql`;
const socketUrl = () => url().replace('http', 'ws');

interface OrderChange {
  readonly type: string;
  readonly order: { readonly number: string } | null;
}
const line = ({ type, order }: OrderChange) => `${order?.number} ${type}`;
const numberOf = (status: string) => status.slice(0, status.indexOf(' '));

function bySdk(): Dashboard {
  const dashboard = emptyDashboard();
  const client = createSocketClient({ url: socketUrl(), headers: async () => freshToken(dashboard) });
  open.push(() => client.close());
  client.subscribe(
    OrdersChangedDocument,
    {},
    {
      next: ({ data }) => data?.ordersChanged && dashboard.received.push(line(data.ordersChanged)),
      error: (error) => dashboard.failures.push(error),
    },
  );
  return dashboard;
}

/** Returns a subscription that resumes as PROTOCOL.md describes, and a sink that remembers the position of the last event. */
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
    next({ data, extensions }: { data?: { ordersChanged: OrderChange } | null; extensions?: Record<string, unknown> }) {
      position = extensions?.['position'] ?? position;
      if (data) dashboard.received.push(line(data.ordersChanged));
    },
    error: (error: unknown) => dashboard.failures.push(error),
    complete: () => dashboard.failures.push('The subscription completed.'),
  };
  return { request, sink };
}

function byGraphqlWs(): Dashboard {
  const dashboard = emptyDashboard();
  const client = socketClient({ url: socketUrl(), connectionParams: async () => ({ ...freshToken(dashboard) }) });
  open.push(() => client.dispose());
  const { request, sink } = resuming(dashboard);
  client.subscribe<{ ordersChanged: OrderChange }>(request, sink);
  return dashboard;
}

function byGraphqlSse(): Dashboard {
  const dashboard = emptyDashboard();
  const client = sseClient({ url: url(), headers: async () => ({ ...freshToken(dashboard) }) });
  open.push(() => client.dispose());
  const { request, sink } = resuming(dashboard);
  client.subscribe<{ ordersChanged: OrderChange }>(request, sink);
  return dashboard;
}

const HISTORY = `query History($id: ID!) { order(id: $id) { number events { nodes { type } } } }`;

async function statusesOf(id: string): Promise<readonly string[]> {
  const { order } = await souk.data(HISTORY, { id }, souk.owner);
  return order.events.nodes.map(({ type }: { readonly type: string }) => line({ type, order }));
}

const placeOrder = async (article: Article): Promise<string> => (await souk.buyer.order(article)).id;

test('subscriptions of the SDK, graphql-ws and graphql-sse survive three expired tokens, and miss no status', async () => {
  const dashboards = [bySdk(), byGraphqlWs(), byGraphqlSse()];
  const failures = () => dashboards.flatMap((dashboard) => dashboard.failures);
  const article = await souk.shop.offer({ north: 10_000, south: 0 });
  // Orders that were placed before every subscription had begun. The subscriptions may lack events of these orders.
  const before = new Set<string>();
  while (dashboards.some(({ received }) => received.length === 0)) {
    for (const status of await statusesOf(await placeOrder(article))) before.add(numberOf(status));
  }
  const ids: string[] = [];
  while (failures().length === 0 && dashboards.some(({ tokens }) => tokens <= LIVES)) {
    ids.push(await placeOrder(article));
  }
  for (const { received } of dashboards) {
    const counted = () => received.filter((status) => !before.has(numberOf(status))).toSorted();
    const expected = async () => (await Promise.all(ids.map(statusesOf))).flat().toSorted();
    const isReceived = async () => counted().join() === (await expected()).join();
    await until(isReceived).catch(async () => expect(counted()).toEqual(await expected()));
  }
  expect(failures()).toEqual([]);
});

test('the SDK continues after a failure to get a token, and after an expired token', async () => {
  const dashboard = emptyDashboard();
  const client = createSocketClient({
    url: socketUrl(),
    async headers() {
      if (dashboard.tokens === 0) {
        dashboard.tokens += 1;
        throw new Error('The network is down.');
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
