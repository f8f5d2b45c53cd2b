import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SUBGRAPH_NAMES } from '@souk/deployment/roster';
import { createLogger } from '@souk/kit/runtime';
import { HAS_NATS, startNats, until, type TestNats } from '@souk/kit/testing';
import { openNats } from '@souk/platform/nats';
import { migrateStreams } from '../migration/migrate-streams.ts';
import type { ServingProcess } from '../serving-process.ts';
import { readGatewayEnvironment, type GatewayEnvironment } from './environment.ts';
import { startGatewayProcess } from './gateway-process.ts';

const suite = HAS_NATS ? describe : describe.skip;

suite(`a gateway${HAS_NATS ? '' : ' (skipped: there is no nats-server on this machine)'}`, () => {
  let folder: string;
  let nats: TestNats;
  let subgraph: Server;
  let environment: GatewayEnvironment;
  const running: ServingProcess[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'souk-gateway-clock-'));
    nats = await startNats();
    const migration = await openNats({ url: nats.url, name: 'migration', onError: () => undefined });
    await migrateStreams(migration);
    await migration.close();
    subgraph = createServer((_request, response) => response.end('{"status":"live"}')); // Node sets `Date`
    await once(subgraph.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(subgraph.address() as AddressInfo).port}/graphql`;
    environment = readGatewayEnvironment({
      ...Object.fromEntries(SUBGRAPH_NAMES.map((name) => [`${name.toUpperCase()}_URL`, url])),
      HOST: '127.0.0.1',
      PORT: '0',
      SOUK_DRAIN_MS: '0',
      NATS_URL: nats.url,
      ...keyFiles(folder),
    });
  });
  afterAll(async () => {
    await Promise.all(running.map((each) => each.drain()));
    subgraph.close();
    subgraph.closeAllConnections();
    await nats.stop();
    rmSync(folder, { recursive: true });
  });

  /** Starts a gateway whose clock is ahead by `ms`. The returned function reads the dependencies of the gateway that are not ready. */
  async function notReadyWhenAhead(ms: number): Promise<() => Promise<readonly string[]>> {
    const clock = { now: () => new Date(Date.now() + ms) };
    const gateway = await startGatewayProcess(environment, createLogger({ level: 'silent' }), clock);
    running.push(gateway);
    return async () => {
      const health = (await (await fetch(`${gateway.url}/health/ready`)).json()) as { readonly notReady?: string[] };
      return health.notReady ?? [];
    };
  }

  test('whose clock differs from the clocks of the subgraphs by more than 20 s is not ready', async () => {
    const [right, ahead] = [await notReadyWhenAhead(0), await notReadyWhenAhead(60_000)];
    await until(async () => (await ahead()).includes('clock'));
    expect(await right()).not.toContain('clock');
  });
});

/** Creates key files for a gateway. Returns their paths by variable. */
function keyFiles(folder: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { format: 'pem', type: 'spki' },
    privateKeyEncoding: { format: 'pem', type: 'pkcs8' },
  });
  const [contextKey, publicKeys] = [join(folder, 'context.pem'), join(folder, 'public-keys')];
  writeFileSync(contextKey, privateKey);
  mkdirSync(publicKeys);
  for (const name of SUBGRAPH_NAMES) writeFileSync(join(publicKeys, `${name}.pem`), publicKey);
  return { CONTEXT_KEY_FILE: contextKey, MESSAGE_PUBLIC_KEYS_DIR: publicKeys };
}
