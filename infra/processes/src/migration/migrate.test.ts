import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PaymentChanged } from '@souk/payments/contract';
import { SUBGRAPH_NAMES } from '@souk/deployment/roster';
import { createProcessMetrics } from '@souk/platform/metrics';
import { NatsEventBus, openNats, type Nats } from '@souk/platform/nats';
import { OutboxRelay } from '@souk/kit/persistence';
import { createTestDatabase, HAS_NATS, startNats, until, type TestDatabase, type TestNats } from '@souk/kit/testing';
import { addConsumerMetrics } from '../subgraph/consumer-metrics.ts';
import { readMigrationEnvironment } from './environment.ts';
import { migrateEngines } from './migrate.ts';

/** Roles belong to the server, which all test files share. A limit here would affect the other test files. */
const UNLIMITED = { connections: { app: -1, relay: -1 } };

const describeNats = HAS_NATS ? describe : describe.skip;
const REASON = HAS_NATS ? '' : ' (skipped: there is no nats-server on this machine)';

describeNats(`the migration of the engines${REASON}`, () => {
  let database: TestDatabase;
  let server: TestNats;
  let nats: Nats;
  const folder = mkdtempSync(join(tmpdir(), 'souk-passwords-'));
  beforeAll(async () => {
    database = await createTestDatabase();
    server = await startNats();
    nats = await openNats({ url: server.url, name: 'test', onError: () => undefined });
  });
  afterAll(async () => {
    await nats.close();
    await server.stop();
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  test('creates the streams and consumers of every subgraph, and a second run changes nothing', async () => {
    const environment = {
      databaseAdminUrl: database.url('postgres'),
      nats: { url: server.url },
      streams: {},
      server: UNLIMITED,
      passwordOf: () => null,
    };
    const warnings: string[] = [];
    for (let round = 0; round < 2; round++)
      expect(await migrateEngines(environment, (line) => warnings.push(line))).toEqual([]); // the test database is migrated already
    expect(warnings).toContainEqual(
      expect.stringMatching(/may also connect to the databases .*postgres.*DATABASE_EXCLUSIVE=on/),
    );
    const manager = await nats.connection.jetstreamManager();
    const { config } = await manager.consumers.info('SOUK_PAYMENTS', 'orders_follow-payment_payments_0');
    expect(config.filter_subject).toBe('souk.payments.payment.changed.*.0');
  });

  test('the lag of a consumer is in the metrics of its subgraph only', async () => {
    const events = new NatsEventBus({ nats, feeds: [], onError: () => undefined });
    await events.publish([
      {
        event_id: randomUUID(),
        event_type: PaymentChanged.subject,
        tenant_id: randomUUID(),
        aggregate_id: randomUUID(),
        timestamp: new Date().toISOString(),
        source: 'payments',
        version: PaymentChanged.version,
        data: {},
        metadata: { user_id: null, correlation_id: null },
      },
    ]);
    const lag = async (subgraph: string) => {
      const metrics = createProcessMetrics(subgraph);
      addConsumerMetrics(metrics, nats, subgraph, SUBGRAPH_NAMES);
      return (await metrics.text()).body.split('\n').filter((line) => line.startsWith('souk_consumer_lag_events{'));
    };
    const behind =
      'souk_consumer_lag_events{consumer="orders.follow-payment",stream="SOUK_PAYMENTS",process="orders"} 1';
    expect(await until(async () => (await lag('orders')).find((line) => line === behind))).toBe(behind);
    expect((await lag('inventory')).filter((line) => line.includes('orders.'))).toEqual([]);
    await events.stop();
  });

  test('creates a lost stream again with the events that it held, also those that no consumer had read', async () => {
    const environment = {
      databaseAdminUrl: database.url('postgres'),
      nats: { url: server.url },
      streams: {},
      server: UNLIMITED,
      passwordOf: () => null,
    };
    await migrateEngines(environment);
    const bus = new NatsEventBus({ nats, onError: () => undefined });
    const relay = new OutboxRelay({
      url: database.url('payments_relay'),
      schema: 'payments',
      publish: (envelopes) => bus.publish(envelopes),
      onError: () => undefined,
    });
    relay.start();
    const manager = await nats.connection.jetstreamManager();
    const stored = async () => (await manager.streams.info('SOUK_PAYMENTS')).state.messages;
    const before = await stored();
    const admin = await database.connect();
    await admin.query(
      `insert into payments.outbox_event (tenant_id, subject, version, aggregate_id, payload)
       select gen_random_uuid(), $1, $2, gen_random_uuid(), '{}' from generate_series(1, 3)`,
      [PaymentChanged.subject, PaymentChanged.version],
    );
    await until(async () => (await stored()) === before + 3);

    await manager.streams.delete('SOUK_PAYMENTS');
    const warnings: string[] = [];
    await migrateEngines(environment, (line) => warnings.push(line));
    await until(async () => (await stored()) === 3);
    expect(warnings).toContainEqual(expect.stringContaining('the last 3 events of payments are published again'));
    const consumers = await manager.consumers.list('SOUK_PAYMENTS').next();
    const waiting = consumers.filter(({ name }) => name.startsWith('orders_follow-payment_payments_'));
    await until(async () => {
      const infos = await Promise.all(waiting.map(({ name }) => manager.consumers.info('SOUK_PAYMENTS', name)));
      return infos.reduce((sum, { num_pending }) => sum + num_pending, 0) === 3;
    });
    await relay.stop();
    await bus.stop();
  });

  test('reports the remedy when an engine refuses the login', async () => {
    const away = { databaseAdminUrl: 'postgres://admin:secret@127.0.0.1:1/souk', server: {}, passwordOf: () => null };
    const failure = migrateEngines({ ...away, nats: { url: server.url }, streams: {} });
    await expect(failure).rejects.toThrow(
      /Postgres at 127.0.0.1:1\/souk refused the login of admin: .*DATABASE_ADMIN_URL/,
    );
    const there = { databaseAdminUrl: database.url('postgres'), server: UNLIMITED, passwordOf: () => null };
    const unclustered = migrateEngines({ ...there, nats: { url: server.url }, streams: { replicas: 3 } });
    await expect(unclustered).rejects.toThrow('NATS_REPLICAS=3 needs a NATS cluster');
    const nowhere = migrateEngines({ ...there, nats: { url: 'nats://127.0.0.1:1' }, streams: {} });
    await expect(nowhere).rejects.toThrow(/NATS does not answer at .* Check NATS_URL/);
  });

  test('reads the passwords of the roles from files of their names', () => {
    writeFileSync(join(folder, 'orders_app'), 'secret\n');
    writeFileSync(join(folder, 'admin'), 'p@ss\n');
    const {
      databaseAdminUrl,
      server: rules,
      passwordOf,
    } = readMigrationEnvironment({
      DATABASE_ADMIN_URL: 'postgres://admin@db:5432/souk',
      DATABASE_RELAY_CONNECTIONS: '8',
      DATABASE_EXCLUSIVE: 'on',
      DATABASE_ADMIN_PASSWORD_FILE: join(folder, 'admin'),
      DATABASE_PASSWORDS_DIR: folder,
      NATS_URL: 'nats://nats:4222',
    });
    expect(databaseAdminUrl).toBe('postgres://admin:p%40ss@db:5432/souk');
    expect(rules).toEqual({ connections: { relay: 8 }, isExclusive: true });
    expect(passwordOf('orders_app')).toBe('secret');
    expect(() => passwordOf('orders_relay')).toThrow(
      'DATABASE_PASSWORDS_DIR has no file with the password of the role orders_relay',
    );
  });
});
