import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@souk/kit/embedded-postgres';
import type { EventEnvelope } from '@souk/kit/contracts';
import type { EventReader } from '@souk/kit/messaging';
import { desiredTopology, migrateTopology, NatsEventBus, openNats, type Nats } from '@souk/kit/nats';
import { migrate, OutboxRelay, prepareDatabase } from '@souk/kit/persistence';
import { Client } from 'pg';

/** `npm run bench:events [-- EVENTS]`: from the outbox to NATS, and from there to a consumer, on engines of its own. */
const EVENTS = Number(process.argv[2] ?? 50_000);
const SCHEMA = 'bench';
const COUNTED = { subject: 'bench.shelf.counted', version: 1 };
const NATS_PORT = 14_222;

const single: EventReader = { name: 'bench.single', events: [COUNTED] };
const batched: EventReader = { name: 'bench.batched', events: [COUNTED], batchSize: 500 };

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'souk-events-bench-'));
  const postgres = await startEmbeddedPostgres({ dataDirectory: join(folder, 'postgres') });
  const server = await startNatsServer(join(folder, 'nats'));
  const nats = await openNats({ url: `nats://127.0.0.1:${NATS_PORT}`, name: 'bench', onError: console.error });
  try {
    await migrateTopology(nats, desiredTopology({ events: [COUNTED], readers: [single, batched] }));
    await prepare(postgres);
    tell('publish, one at a time', 5000, await timed(() => publishOneByOne(nats, 5000)));
    tell('publish, batches of 500', EVENTS, await timed(() => publishBatches(nats, EVENTS)));
    await appendEvents(postgres, EVENTS);
    tell('outbox to NATS (relay)', EVENTS, await timed(() => drainOutbox(postgres, nats)));
    const stored = 5000 + 2 * EVENTS;
    tell('consumer of single events, 16 partitions', 20_000, await timed(() => consume(nats, single, 20_000)));
    tell('consumer of batches of 500', stored, await timed(() => consume(nats, batched, stored)));
  } finally {
    await nats.close();
    server.kill('SIGKILL');
    await postgres.stop();
    rmSync(folder, { recursive: true });
  }
}

async function startNatsServer(folder: string): Promise<ChildProcess> {
  const server = spawn('nats-server', ['-a', '127.0.0.1', '-p', String(NATS_PORT), '-js', '-sd', folder], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await once(server.stderr, 'data'); // it speaks when it listens, or says why not
  await sleep(500);
  return server;
}

const busOf = (nats: Nats) => new NatsEventBus({ nats, onError: console.error });

async function publishOneByOne(nats: Nats, count: number): Promise<void> {
  const bus = busOf(nats);
  for (let index = 0; index < count; index++) await bus.publish([event()]);
}

async function publishBatches(nats: Nats, count: number): Promise<void> {
  const bus = busOf(nats);
  for (let sent = 0; sent < count; sent += 500) await bus.publish(Array.from({ length: 500 }, event));
}

async function drainOutbox(postgres: EmbeddedPostgres, nats: Nats): Promise<void> {
  const bus = busOf(nats);
  const emptied = Promise.withResolvers<void>();
  let left = EVENTS;
  const relay = new OutboxRelay({
    url: postgres.url(`${SCHEMA}_relay`, SCHEMA),
    schema: SCHEMA,
    async publish(envelopes) {
      await bus.publish(envelopes);
      left -= envelopes.length;
      if (left <= 0) emptied.resolve();
    },
    onError: console.error,
  });
  relay.start();
  await emptied.promise;
  await relay.stop();
}

async function consume(nats: Nats, reader: EventReader, count: number): Promise<void> {
  const bus = busOf(nats);
  const done = Promise.withResolvers<void>();
  let handled = 0;
  bus.consume({
    ...reader,
    async handle(envelopes) {
      handled += envelopes.length;
      if (handled >= count) done.resolve();
    },
    park: async () => undefined,
  });
  await done.promise;
  await bus.stop();
}

async function prepare(postgres: EmbeddedPostgres): Promise<void> {
  await withClient(postgres.url('postgres', 'postgres'), (client) => client.query(`create database ${SCHEMA}`));
  const directory = mkdtempSync(join(tmpdir(), 'souk-no-migrations-'));
  await withClient(postgres.url('postgres', SCHEMA), async (client) => {
    const passwords = { app: postgres.passwordOf(`${SCHEMA}_app`), relay: postgres.passwordOf(`${SCHEMA}_relay`) };
    await prepareDatabase(client, SCHEMA, passwords);
    await migrate(client, { schema: SCHEMA, directory });
  });
  rmSync(directory, { recursive: true });
}

function appendEvents(postgres: EmbeddedPostgres, count: number): Promise<unknown> {
  return withClient(postgres.url('postgres', SCHEMA), (client) =>
    client.query(
      `insert into ${SCHEMA}.outbox_event (tenant_id, subject, version, aggregate_id, payload, correlation_id)
       select gen_random_uuid(), $1, 1, gen_random_uuid(), $2::jsonb, 'bench' from generate_series(1, $3)`,
      [COUNTED.subject, JSON.stringify(event().data), count],
    ),
  );
}

async function withClient(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client(url);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** About as large as an order's change. */
function event(): EventEnvelope {
  return {
    event_id: randomUUID(),
    event_type: COUNTED.subject,
    tenant_id: randomUUID(),
    aggregate_id: randomUUID(),
    timestamp: new Date().toISOString(),
    source: SCHEMA,
    version: COUNTED.version,
    data: { orderId: randomUUID(), number: '1000123', eventId: randomUUID(), type: 'SHIPPED', status: 'CONFIRMED' },
    metadata: { user_id: null, correlation_id: null },
  };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

function tell(what: string, count: number, seconds: number): void {
  console.log(
    `${what}: ${Math.round(count / seconds).toLocaleString('en')} events/s (${count} in ${seconds.toFixed(2)} s)`,
  );
}

await main();
