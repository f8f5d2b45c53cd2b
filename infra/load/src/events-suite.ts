import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedPostgres, type EmbeddedPostgres, freePort } from '@souk/platform/embedded-postgres';
import type { EventEnvelope } from '@souk/kit/contracts';
import type { EventReader } from '@souk/kit/messaging';
import {
  desiredTopology,
  MessageKeys,
  migrateTopology,
  NatsEventBus,
  openNats,
  signedEvents,
  UNSIGNED_EVENTS,
  type EventTrust,
} from '@souk/platform/nats';
import { migrate, OutboxRelay, prepareDatabase } from '@souk/kit/persistence';
import { Client } from 'pg';
import { markdownTable } from './markdown-table.ts';
import { medianOfNumbers } from './measure.ts';

/** Throughput and cost of one step between outbox and consumer. */
interface EventRate {
  readonly name: string;
  readonly perSecond: number;
  /** Processor time of this process for one event, in microseconds. Other work on the machine changes it little. */
  readonly cpuMicros: number;
}

const SCHEMA = 'bench';
const COUNTED = { subject: 'bench.shelf.counted', version: 1 };

const single: EventReader = { name: 'bench.single', events: [COUNTED] };
const batched: EventReader = { name: 'bench.batched', events: [COUNTED], batchSize: 500 };

const ONE_BY_ONE = 5000;
const SINGLES = 20_000;

/**
 * Measures the steps of an event from the outbox to NATS and to a consumer, on a new Postgres and a new nats-server.
 * @param events the number of events.
 * @param areSigned whether the publisher signs events and the consumers verify them.
 */
async function measureEvents(events: number, areSigned: boolean): Promise<readonly EventRate[]> {
  const folder = mkdtempSync(join(tmpdir(), 'souk-events-bench-'));
  const postgres = await startEmbeddedPostgres({ dataDirectory: join(folder, 'postgres') });
  const port = await freePort();
  const server = await startNatsServer(join(folder, 'nats'), port);
  try {
    const nats = await openNats({ url: `nats://127.0.0.1:${port}`, name: 'bench', onError: console.error });
    try {
      await migrateTopology(nats, desiredTopology({ events: [COUNTED], readers: [single, batched] }));
      await prepare(postgres);
      const trust = areSigned ? signing() : UNSIGNED_EVENTS;
      const busOf = () => new NatsEventBus({ nats, trust, onError: console.error });
      return await measureSteps(postgres, busOf, events);
    } finally {
      await nats.close();
    }
  } finally {
    server.kill('SIGKILL');
    await postgres.stop();
    rmSync(folder, { recursive: true });
  }
}

type BusOf = () => NatsEventBus;

async function measureSteps(postgres: EmbeddedPostgres, busOf: BusOf, events: number): Promise<readonly EventRate[]> {
  const oneByOne = await rate('publish, each acknowledged before the next', ONE_BY_ONE, () =>
    publishOneByOne(busOf, ONE_BY_ONE),
  );
  const batches = await rate('publish, batches of 500 in flight, order checked by the server', events, () =>
    publishBatches(busOf, events),
  );
  await appendEvents(postgres, events);
  const relay = await rate('outbox to NATS: read, publish, forget (relay, batches of 500)', events, () =>
    drainOutbox(postgres, busOf, events),
  );
  const stored = ONE_BY_ONE + 2 * events;
  const singles = Math.min(SINGLES, stored);
  const consumed = [
    await rate('consumer of single events, 16 partitions, one in hand each', singles, () =>
      consume(busOf, single, singles),
    ),
    await rate('consumer of batches of 500', stored, () => consume(busOf, batched, stored)),
  ];
  return [oneByOne, batches, relay, ...consumed];
}

async function startNatsServer(folder: string, port: number): Promise<ChildProcess> {
  const server = spawn('nats-server', ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', folder], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await once(server.stderr, 'data'); // The server writes its first line when it listens, or when it fails.
  await sleep(500);
  return server;
}

/** Creates a trust that signs with a new key pair, and verifies with the same pair. */
function signing(): EventTrust {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { format: 'pem', type: 'pkcs8' },
    publicKeyEncoding: { format: 'pem', type: 'spki' },
  });
  const publicKeyPems = new Map([[SCHEMA, publicKey]]);
  const keys = new MessageKeys({ name: SCHEMA, privateKeyPem: privateKey, publicKeyPems });
  return signedEvents({ keys, acceptsUnsigned: false });
}

async function publishOneByOne(busOf: BusOf, count: number): Promise<void> {
  const bus = busOf();
  for (let index = 0; index < count; index++) await bus.publish([event()]);
}

async function publishBatches(busOf: BusOf, count: number): Promise<void> {
  const bus = busOf();
  for (let sent = 0; sent < count; sent += 500) await bus.publish(Array.from({ length: 500 }, event));
}

async function drainOutbox(postgres: EmbeddedPostgres, busOf: BusOf, count: number): Promise<void> {
  const bus = busOf();
  const emptied = Promise.withResolvers<void>();
  let left = count;
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

async function consume(busOf: BusOf, reader: EventReader, count: number): Promise<void> {
  const bus = busOf();
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

/** An event envelope of about the size of an order's change. */
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

async function rate(name: string, count: number, work: () => Promise<void>): Promise<EventRate> {
  const [started, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { name, perSecond: (count / (performance.now() - started)) * 1000, cpuMicros: (user + system) / count };
}

/** Results of the same steps without and with signatures, one entry for each round. */
export interface EventRounds {
  readonly unsigned: readonly (readonly EventRate[])[];
  readonly signed: readonly (readonly EventRate[])[];
}

/** Measures each step `rounds` times, alternately without and with signatures, because the machine's speed varies. */
export async function measureEventRounds(events: number, rounds: number): Promise<EventRounds> {
  const unsigned: (readonly EventRate[])[] = [];
  const signed: (readonly EventRate[])[] = [];
  for (let round = 0; round < rounds; round++) {
    unsigned.push(await measureEvents(events, false));
    signed.push(await measureEvents(events, true));
  }
  return { unsigned, signed };
}

/** Formats the medians without and with signatures, and the ratios of signed to unsigned throughput, as Markdown. */
export function eventsTable({ unsigned, signed }: EventRounds): string {
  const steps = unsigned[0] ?? [];
  const whole = (value: number) => Math.round(value).toLocaleString('en');
  return markdownTable(
    ['', 'unsigned, events/s', 'signed, events/s', 'ratio', 'unsigned, CPU µs', 'signed, CPU µs', 'ratio'],
    steps.map(({ name }, place) => {
      const [without, with_] = [rateAt(place, unsigned), rateAt(place, signed)];
      return [
        name,
        whole(without.perSecond),
        whole(with_.perSecond),
        (with_.perSecond / without.perSecond).toFixed(2),
        whole(without.cpuMicros),
        whole(with_.cpuMicros),
        (without.cpuMicros / with_.cpuMicros).toFixed(2),
      ];
    }),
  );
}

/** The medians of a step over the rounds. */
function rateAt(place: number, rounds: readonly (readonly EventRate[])[]): Omit<EventRate, 'name'> {
  const median = (of: 'perSecond' | 'cpuMicros') => medianOfNumbers(rounds.map((round) => round[place]?.[of] ?? 0));
  return { perSecond: median('perSecond'), cpuMicros: median('cpuMicros') };
}
