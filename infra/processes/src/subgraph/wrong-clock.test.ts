import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Msg } from 'nats';
import { balancedTransport } from '@souk/gateway';
import { systemClock, type Clock } from '@souk/kit/domain';
import { ContextSigner } from '@souk/platform/http';
import { MessageKeys, NatsCommands, openNats, sealedCommands } from '@souk/platform/nats';
import { createLogger } from '@souk/kit/runtime';
import {
  createTestDatabase,
  HAS_NATS,
  startNats,
  testContext,
  until,
  type TestDatabase,
  type TestNats,
} from '@souk/kit/testing';
import { payments } from '@souk/payments';
import { FindPaymentsNode } from '@souk/payments/contract';
import { PROCESSES } from '@souk/deployment/roster';
import { migrateStreams } from '../migration/migrate-streams.ts';
import type { ServingProcess } from '../serving-process.ts';
import type { SubgraphEnvironment } from './environment.ts';
import { startSubgraphProcess } from './subgraph-process.ts';

const suite = HAS_NATS ? describe : describe.skip;
const REASON = HAS_NATS ? '' : ' (skipped: there is no nats-server on this machine)';

const keyPair = () =>
  generateKeyPairSync('ed25519', {
    publicKeyEncoding: { format: 'pem', type: 'spki' },
    privateKeyEncoding: { format: 'pem', type: 'pkcs8' },
  });
function paymentsProcess() {
  const found = PROCESSES.find(({ name }) => name === 'payments');
  if (!found) throw new Error('There is no process of payments');
  return found;
}

const ahead = (ms: number): Clock => ({ now: () => new Date(Date.now() + ms) });

suite(`processes of one subgraph${REASON}`, () => {
  let database: TestDatabase;
  let server: TestNats;
  const gatewayKey = keyPair();
  const messageKey = keyPair();
  const catalogKey = keyPair();
  const publicKeys = new Map([
    ['payments', messageKey.publicKey],
    ['catalog', catalogKey.publicKey],
  ]);
  const running: ServingProcess[] = [];
  const logger = createLogger({ level: 'silent' });

  beforeAll(async () => {
    database = await createTestDatabase();
    server = await startNats();
    const nats = await openNats({ url: server.url, name: 'migration', onError: () => undefined });
    await migrateStreams(nats);
    await nats.close();
  });
  afterAll(async () => {
    await Promise.all(running.map((each) => each.drain()));
    await server.stop();
    await database.drop();
  });

  async function start(clock: Clock, contextPublicKeysPem = gatewayKey.publicKey): Promise<ServingProcess> {
    const keys = new MessageKeys({
      name: 'payments',
      privateKeyPem: messageKey.privateKey,
      publicKeyPems: publicKeys,
    });
    const environment: SubgraphEnvironment = {
      process: paymentsProcess(),
      publicUrl: null,
      objects: { s3: null, folder: null },
      settings: {},
      serving: { host: '127.0.0.1', port: 0, logLevel: 'silent', drainMs: 0, metrics: null, tracing: null },
      database: { url: (role) => database.url(`payments_${role}`), poolSize: 2 },
      nats: { url: server.url },
      contextPublicKeysPem,
      messages: { keys, sharedSecret: null },
    };
    const started = await startSubgraphProcess(payments, environment, { logger, clock });
    running.push(started);
    return started;
  }

  const readiness = async ({ url }: ServingProcess) => (await (await fetch(`${url}/health/ready`)).json()) as object;

  /** Sends ten queries and six mutations as a gateway does. Returns their outcomes. */
  async function outcomesOf(processes: readonly ServingProcess[]): Promise<readonly unknown[]> {
    const signer = new ContextSigner({ privateKeyPem: gatewayKey.privateKey, clock: systemClock });
    const transport = balancedTransport({
      name: 'payments',
      urls: processes.map(({ url }) => `${url}/graphql`),
      logger,
      headersOf: (context) => signer.headers('payments', context),
      sockets: { authority: 'operation' },
    });
    const context = testContext({ scopes: ['payments:read', 'payments:write'] });
    const send = async (query: string) => {
      const { data, errors } = await transport.fetch({ query, operationName: undefined, variables: {}, context });
      return errors ?? data;
    };
    const capture = `mutation { paymentCapture(input: { paymentId: "${context.tenantId}", idempotencyKey: "once" }) { userErrors { code } } }`;
    const reads = await Promise.all(Array.from({ length: 10 }, () => send('{ payments { nodes { id } } }')));
    const changes = await Promise.all(Array.from({ length: 6 }, () => send(capture)));
    await transport.close();
    return [...reads, ...changes];
  }
  /** Sends commands to the subgraph payments, without retries. Returns the number of replies. */
  async function commandsAnswered(count: number): Promise<number> {
    const nats = await openNats({ url: server.url, name: 'catalog', onError: () => undefined });
    const keys = new MessageKeys({
      name: 'catalog',
      privateKeyPem: catalogKey.privateKey,
      publicKeyPems: publicKeys,
    });
    const trust = sealedCommands(keys, systemClock);
    const commands = new NatsCommands({ nats, trust, retries: { attempts: 0 }, onError: () => undefined });
    const context = testContext({ scopes: ['payments:read'] });
    const lookup = { type: 'Payment', id: randomUUID() };
    const sent = Array.from({ length: count }, () => commands.send(context, FindPaymentsNode, lookup));
    const outcomes = await Promise.allSettled(sent);
    await nats.close();
    return outcomes.filter(({ status }) => status === 'fulfilled').length;
  }

  const ALL = [
    ...Array.from({ length: 10 }, () => ({ payments: { nodes: [] } })),
    ...Array.from({ length: 6 }, () => ({ paymentCapture: { userErrors: [{ code: 'NOT_FOUND' }] } })),
  ];

  test('a process that does not agree about the time is not ready, and no request fails', async () => {
    const [right, wrong] = [await start(systemClock), await start(ahead(90_000))];
    await until(async () => (await fetch(`${right.url}/health/ready`)).ok);
    await until(async () => JSON.stringify(await readiness(wrong)).includes('["clock"]'));
    expect(await readiness(wrong)).toEqual({ status: 'not ready', notReady: ['clock'] });
    expect(await outcomesOf([wrong, right])).toEqual(ALL);
    expect(await commandsAnswered(20)).toBe(20);
  }, 30_000);

  test('a process that does not agree about the keys makes no request fail', async () => {
    const [right, wrong] = [await start(systemClock), await start(systemClock, keyPair().publicKey)];
    await until(async () => (await fetch(`${right.url}/health/ready`)).ok);
    expect(await outcomesOf([wrong, right])).toEqual(ALL);
  }, 30_000);

  test('a captured command is refused by every process, also by one that starts afterwards', async () => {
    const wiretap = await openNats({ url: server.url, name: 'wiretap', onError: () => undefined });
    const captured = Promise.withResolvers<Msg>();
    const subject = `souk.commands.${FindPaymentsNode.name}.v${FindPaymentsNode.version}`;
    wiretap.connection.subscribe(subject, { callback: (_error, message) => captured.resolve(message), max: 1 });
    await wiretap.connection.flush();
    await start(systemClock);
    expect(await commandsAnswered(1)).toBe(1);
    const { data, headers } = await captured.promise;
    await Promise.all(running.splice(0).map((each) => each.drain()));
    await start(systemClock);
    const replayed = await wiretap.connection.request(subject, data, { timeout: 5000, ...(headers && { headers }) });
    expect(replayed.headers?.get('Souk-Error')).toBe('UNTRUSTED');
    expect(await commandsAnswered(1)).toBe(1);
    await wiretap.close();
  }, 30_000);
});
