import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventEnvelope } from '@souk/kit/contracts';
import type { EventReader } from '@souk/kit/messaging';
import { OutboxRelay } from '@souk/kit/persistence';
import { startEmbeddedPostgres, type EmbeddedPostgres, freePort } from '@souk/platform/embedded-postgres';
import { desiredTopology, migrateTopology, NatsEventBus, openNats, UNSIGNED_EVENTS } from '@souk/platform/nats';
import { Pool } from 'pg';
import {
  appendEvents,
  batched,
  COUNTED,
  event,
  prepareOutbox,
  recorded,
  SCHEMA,
  signing,
  single,
  startNatsServer,
} from './events-fixture.ts';
import { markdownTable } from './markdown-table.ts';
import { medianOfNumbers } from './measure.ts';

/** The throughput and the cost of one step between outbox and consumer. */
interface EventRate {
  readonly name: string;
  readonly perSecond: number;
  /** CPU time of this process per event, in microseconds. It varies less than throughput when the machine is busy. */
  readonly cpuMicros: number;
}

/**
 * The number of events that are published one by one. The relay waits 10 ms between batches, which limits it to 100
 * such events per second.
 */
const ALONE = 5000;
/** The maximum number of events that are recorded in the inbox, one transaction per event. */
const RECORDED = 5000;
const RECORD = 'insert into inbox_event (consumer, event_id) values ($1, $2) on conflict do nothing';

/**
 * Measures each step of an event from the outbox over NATS to a consumer, on a new Postgres and a new nats-server.
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
      await migrateTopology(nats, desiredTopology({ events: [COUNTED], readers: [single, batched, recorded] }));
      await prepareOutbox(postgres);
      const trustOf = areSigned ? signing() : () => UNSIGNED_EVENTS;
      const busOf = () => new NatsEventBus({ nats, trust: trustOf(), onError: console.error });
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
  const batches = await rate('publish, batches of 500 in flight, order checked by the server', events, () =>
    publishBatches(busOf, events),
  );
  await appendEvents(postgres, events);
  const relay = await rate('outbox to NATS: read, publish, forget (relay, batches of 500)', events, () =>
    drainOutbox(postgres, busOf, events),
  );
  const stored = 2 * events;
  const inInbox = Math.min(RECORDED, stored);
  const consumed = [
    await rate('consumer of single events, 16 partitions, one in hand each', stored, () =>
      consume(busOf, single, stored),
    ),
    await rate('consumer of batches of 500', stored, () => consume(busOf, batched, stored)),
    await rate('consumer of single events that records each in its inbox', inInbox, () =>
      consumeWithInbox(postgres, busOf, inInbox),
    ),
  ];
  const alone = [
    await rate('publish alone, each acknowledged before the next', ALONE, () => publishOneByOne(busOf, ALONE)),
    await rate('consumer of single events that were published alone', ALONE, () => consume(busOf, single, ALONE)),
  ];
  return [batches, relay, ...consumed, ...alone];
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

/** Consumes `count` events. @param handle called for each event @default nothing */
async function consume(
  busOf: BusOf,
  reader: EventReader,
  count: number,
  handle: (envelopes: readonly EventEnvelope[]) => Promise<unknown> = async () => undefined,
): Promise<void> {
  const bus = busOf();
  const done = Promise.withResolvers<void>();
  let handled = 0;
  bus.consume({
    ...reader,
    async handle(envelopes) {
      await handle(envelopes);
      handled += envelopes.length;
      if (handled >= count) done.resolve();
    },
    park: async () => undefined,
  });
  await done.promise;
  await bus.stop();
}

/**
 * Consumes events with the least possible work of a subscriber. Each transaction only records the event in the inbox.
 */
async function consumeWithInbox(postgres: EmbeddedPostgres, busOf: BusOf, count: number): Promise<void> {
  const pool = new Pool({ connectionString: postgres.url(`${SCHEMA}_app`, SCHEMA), max: 10 });
  const record = async ([envelope]: readonly EventEnvelope[]) => {
    const client = await pool.connect();
    try {
      await client.query('begin');
      await client.query(`select set_config('app.tenant_id', $1, true)`, [envelope?.tenant_id]);
      await client.query(RECORD, [recorded.name, envelope?.event_id]);
      await client.query('commit');
    } finally {
      client.release();
    }
  };
  try {
    await consume(busOf, recorded, count, record);
  } finally {
    await pool.end();
  }
}

async function rate(name: string, count: number, work: () => Promise<void>): Promise<EventRate> {
  const [started, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { name, perSecond: (count / (performance.now() - started)) * 1000, cpuMicros: (user + system) / count };
}

/** Results of the same steps without and with signatures, one entry per round. */
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

/**
 * Formats the medians without and with signatures, and the ratio of signed to unsigned throughput, as a Markdown table.
 */
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

function rateAt(place: number, rounds: readonly (readonly EventRate[])[]): Omit<EventRate, 'name'> {
  const median = (of: 'perSecond' | 'cpuMicros') => medianOfNumbers(rounds.map((round) => round[place]?.[of] ?? 0));
  return { perSecond: median('perSecond'), cpuMicros: median('cpuMicros') };
}
