import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ensureBuilt, ROOT } from '@souk/launcher/bootstrap';
import { openNats } from '@souk/platform/nats';
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
/** A timeout that suffices on a busy machine, in ms. */
const A_LONG_TIME = 240_000;

suite(`a cluster${missing.length === 0 ? '' : ` (apt-get install ${missing.join(' ')})`}`, () => {
  let cluster: Cluster;
  let dataDir: string;
  beforeAll(async () => {
    await ensureBuilt(QUIET);
    dataDir = mkdtempSync(join(tmpdir(), 'souk-cluster-'));
    const quick = { host: '127.0.0.1', port: 0, logLevel: 'info', drainMs: 500 };
    cluster = await startCluster({ ...quick, copiesOf: () => 1, dataDir, path, steps: QUIET });
  }, A_LONG_TIME);
  afterAll(async () => {
    await cluster.stop();
    rmSync(dataDir, { recursive: true });
  }, A_LONG_TIME);

  const membersOf = (kind: string) => cluster.members.filter((each) => each.kind === kind);

  test(
    'an order is bought, shipped and delivered, and its buyer receives each step',
    async () => {
      expect(await walk(cluster.url)).toBe(0);
    },
    A_LONG_TIME,
  );

  test(
    'a stopping gateway closes its sockets, so that clients connect to another one',
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

  test('NATS and both Redis servers refuse clients without a login', async () => {
    const stranger = { url: cluster.natsUrl, name: 'stranger', onError: () => undefined };
    await expect(openNats(stranger)).rejects.toThrow('AUTHORIZATION_VIOLATION');
    for (const url of [cluster.redisUrl, cluster.redisCacheUrl]) {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      socket.write('GET anything\r\n');
      const [answer] = await once(socket, 'data');
      socket.destroy();
      expect(String(answer)).toMatch(/^-NOAUTH/);
    }
  });

  test('only the gateway can call a subgraph', async () => {
    for (const { kind, url } of cluster.members.filter((each) => each.kind !== 'gateway')) {
      const headers = { 'content-type': 'application/json', 'x-tenant-id': '5a0c0de0-0000-4000-8000-000000000001' };
      const { status } = await fetch(`${url}/graphql`, { method: 'POST', headers, body: '{"query":"{ __typename }"}' });
      // A worker does not serve GraphQL, so it answers 404. A server refuses the unsigned request with 401.
      expect({ kind, status }).toEqual({ kind, status: kind.endsWith('-worker') ? 404 : 401 });
    }
  });

  test('every process serves metrics', async () => {
    for (const { kind, metricsUrl } of cluster.members) {
      const text = await (await fetch(metricsUrl)).text();
      expect(text).toContain(`nodejs_eventloop_lag_seconds{process="${kind}"}`);
      expect(text).toContain('souk_operation_duration_seconds');
      if (kind !== 'gateway') expect(text).toContain('souk_outbox_lag_seconds');
    }
  });

  test('metrics are served neither by the front nor on the main ports of processes', async () => {
    for (const url of [cluster.url, ...cluster.members.map((each) => each.url)]) {
      expect([url, (await fetch(`${url}/metrics`)).status]).toEqual([url, 404]);
    }
  });
});

/** Runs the demo of `npm run demo`, which buys in the shop. Returns its exit code. */
async function walk(url: string): Promise<unknown> {
  const main = `${ROOT}/infra/demo/dist/tour/main.js`;
  const [code] = await once(spawn(process.execPath, [main, url], { stdio: 'ignore' }), 'exit');
  return code;
}
