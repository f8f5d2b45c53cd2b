import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEMO_LOGINS } from '@souk/all-in-one/estate';
import { ensureBuilt, ROOT } from '@souk/all-in-one/bootstrap';
import { until } from '@souk/kit/testing';
import { createSocketClient, OrdersChangedDocument } from '@souk/sdk';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { startCluster, type Cluster, type ClusterMember } from './cluster.ts';
import { missingEngines } from './engines.ts';
import { readClusterEnvironment } from './environment.ts';

const { path } = readClusterEnvironment();
const missing = missingEngines(path);
const suite = missing.length === 0 ? describe : describe.skip;
const QUIET = {
  say: () => undefined,
  step: async <Value>(_label: string, work: () => Value | Promise<Value>) => work(),
};
/** On a busy machine. */
const A_LONG_TIME = 240_000;
/** Two of those that are killed or stopped here. */
const TWICE: readonly string[] = ['gateway', 'orders', 'catalog'];

suite(`a cluster${missing.length === 0 ? '' : ` (apt-get install ${missing.join(' ')})`}`, () => {
  let cluster: Cluster;
  let dataDir: string;
  beforeAll(async () => {
    await ensureBuilt(QUIET);
    dataDir = mkdtempSync(join(tmpdir(), 'souk-cluster-'));
    const quick = { host: '127.0.0.1', port: 0, logLevel: 'info', drainMs: 500 };
    const copiesOf = (kind: string) => (TWICE.includes(kind) ? 2 : 1);
    cluster = await startCluster({ ...quick, copiesOf, dataDir, path, steps: QUIET });
  }, A_LONG_TIME);
  afterAll(async () => {
    await cluster.stop();
    rmSync(dataDir, { recursive: true });
  }, A_LONG_TIME);

  const membersOf = (kind: string) => cluster.members.filter((each) => each.kind === kind);

  test(
    'an order is bought, sent and delivered, and its buyer sees each step',
    async () => {
      expect(await walk(cluster.url)).toBe(0);
    },
    A_LONG_TIME,
  );

  test(
    'staff miss nothing of an order while each process of orders is killed',
    async () => {
      const staff = await signIn(cluster.url);
      const watch = watchOrders(cluster.url, staff);
      expect(await walk(cluster.url)).toBe(0); // by the end of it the subscription is open
      for (const member of membersOf('orders')) {
        member.process.signal('SIGKILL');
        expect(await walk(cluster.url)).toBe(0);
        const { id, types } = await newestOrder(cluster.url, staff);
        await until(() => watch.typesOf(id).length >= types.length, A_LONG_TIME);
        expect(watch.typesOf(id)).toEqual(types);
        await member.process.serving();
      }
      expect(watch.refusals).toEqual([]);
      await watch.close();
    },
    A_LONG_TIME,
  );

  test.each(['SIGTERM', 'SIGKILL'] as const)(
    'a subscriber sees each status once and in order while each gateway is ended in turn (%s)',
    async (signal) => {
      const staff = await signIn(cluster.url);
      const watch = watchBySdk(cluster.url, staff);
      const [one, other] = membersOf('gateway') as [ClusterMember, ClusterMember];
      await until(() => watch.sockets() > 0);
      for (const [ending, staying] of [
        [one, other],
        [other, one],
      ] as const) {
        const walked = walk(staying.url);
        const before = watch.told();
        await until(() => watch.told() > before, A_LONG_TIME);
        await ending.process.stop(signal);
        expect(await walked).toBe(0);
        await ending.process.start();
        const { id, types } = await newestOrder(staying.url, staff);
        await until(() => watch.typesOf(id).length >= types.length, A_LONG_TIME);
        expect(watch.typesOf(id)).toEqual(types);
      }
      expect(watch.sockets()).toBeGreaterThan(1);
      expect(watch.failures).toEqual([]);
      await watch.close();
    },
    A_LONG_TIME,
  );

  test.each(['gateway', 'catalog'])(
    'a process of %s that is asked to stop finishes what it has, and ends well',
    async (kind) => {
      const [member] = membersOf(kind) as [ClusterMember];
      const steady = steadily(cluster.url);
      await until(() => steady.answers >= 20, A_LONG_TIME);
      expect(await member.process.stop()).toBe(0);
      const afterStop = steady.answers;
      await until(() => steady.answers >= afterStop + 20, A_LONG_TIME);
      await member.process.start();
      const afterStart = steady.answers;
      await until(() => steady.answers >= afterStart + 20, A_LONG_TIME);
      await steady.stop();
      expect(steady.failures).toEqual([]);
    },
    60_000,
  );

  test(
    'a gateway that is asked to stop tells its sockets to connect to another',
    async () => {
      const [{ url, process }] = membersOf('gateway') as [ClusterMember];
      const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
      await once(socket, 'open');
      socket.send('{"type":"connection_init"}');
      await once(socket, 'message');
      const closed = once(socket, 'close');
      expect(await process.stop()).toBe(0);
      expect((await closed)[0]).toBe(1001);
      await process.start();
    },
    A_LONG_TIME,
  );

  test('nobody but the gateway can ask a subgraph', async () => {
    for (const { kind, url } of cluster.members.filter((each) => each.kind !== 'gateway')) {
      const headers = { 'content-type': 'application/json', 'x-tenant-id': '5a0c0de0-0000-4000-8000-000000000001' };
      const { status } = await fetch(`${url}/graphql`, { method: 'POST', headers, body: '{"query":"{ __typename }"}' });
      expect({ kind, status }).toEqual({ kind, status: 401 });
    }
  });

  test('every process says how it is', async () => {
    for (const { kind, url } of cluster.members) {
      const text = await (await fetch(`${url}/metrics`)).text();
      expect(text).toContain(`nodejs_eventloop_lag_seconds{process="${kind}"}`);
      expect(text).toContain('souk_operation_duration_seconds');
      if (kind !== 'gateway') expect(text).toContain('souk_outbox_lag_seconds');
    }
  });
});

/** The walk of an order, as `npm run demo` does it. Gives its exit code. */
async function walk(url: string): Promise<unknown> {
  const main = `${ROOT}/infra/all-in-one/dist/walk/main.js`;
  const [code] = await once(spawn(process.execPath, [main, url], { stdio: 'ignore' }), 'exit');
  return code;
}

type Headers = Readonly<Record<string, string>>;

/** What the operations below select. */
interface Answer {
  readonly login: { readonly accessToken: string };
  readonly orders: { readonly nodes: readonly OrderWithEvents[] };
}

interface OrderWithEvents {
  readonly id: string;
  readonly events: { readonly nodes: readonly { readonly type: string }[] };
}

async function ask(url: string, query: string, headers: Headers = {}): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: Answer; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

async function signIn(url: string): Promise<Headers> {
  const [{ email, password } = { email: '', password: '' }] = DEMO_LOGINS;
  const { login } = await ask(
    url,
    `mutation { login(input: { email: "${email}", password: "${password}" }) { accessToken } }`,
  );
  return { authorization: `Bearer ${login.accessToken}` };
}

/** An order, and what happened to it by its own account. */
async function newestOrder(url: string, staff: Headers) {
  const { orders } = await ask(url, '{ orders(first: 1) { nodes { id events { nodes { type } } } } }', staff);
  const [newest] = orders.nodes;
  return { id: newest?.id ?? '', types: newest?.events.nodes.map(({ type }) => type) ?? [] };
}

/** Collects what staff are told of orders. */
function watchOrders(url: string, staff: Headers) {
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: staff,
  });
  const changes: { readonly type: string; readonly order: { readonly id: string } }[] = [];
  const refusals: unknown[] = [];
  client.subscribe<{ ordersChanged: (typeof changes)[number] }>(
    { query: 'subscription { ordersChanged { type order { id } } }' },
    {
      next: ({ data, errors }) => {
        if (data) changes.push(data.ordersChanged);
        if (errors) refusals.push(errors);
      },
      error: (error) => void refusals.push(error),
      complete: () => undefined,
    },
  );
  return {
    refusals,
    typesOf: (id: string) => changes.filter(({ order }) => order.id === id).map(({ type }) => type),
    close: async () => client.dispose(),
  };
}

/** Collects what a client of the SDK is told of orders, over however many sockets. */
function watchBySdk(url: string, headers: Headers) {
  let sockets = 0;
  class CountedSocket extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols);
      sockets += 1;
    }
  }
  const client = createSocketClient({ url: `${url.replace('http', 'ws')}/graphql`, headers, webSocket: CountedSocket });
  const changes: { readonly type: string; readonly order: { readonly id: string } | null }[] = [];
  const failures: unknown[] = [];
  client.subscribe(
    OrdersChangedDocument,
    {},
    {
      next: ({ data, errors }) => {
        if (data) changes.push(data.ordersChanged);
        failures.push(...errors);
      },
      error: (error) => void failures.push(error),
    },
  );
  return {
    failures,
    sockets: () => sockets,
    told: () => changes.length,
    typesOf: (id: string) => changes.filter(({ order }) => order?.id === id).map(({ type }) => type),
    close: () => client.close(),
  };
}

/** Lists products without a pause until it is stopped. */
function steadily(url: string) {
  const seen = { answers: 0, failures: [] as unknown[] };
  let stopped = false;
  const running = (async () => {
    while (!stopped) {
      await ask(url, '{ products(first: 2) { nodes { slug } } }').catch((error: unknown) => seen.failures.push(error));
      seen.answers += 1;
    }
  })();
  return Object.assign(seen, {
    stop: () => {
      stopped = true;
      return running;
    },
  });
}
