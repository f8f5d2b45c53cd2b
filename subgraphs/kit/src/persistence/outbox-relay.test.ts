import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Client } from 'pg';
import { eventEnvelope, type EventEnvelope } from '../contracts/index.ts';
import { createTestDatabase, testContext, until, type TestDatabase } from '../testing/index.ts';
import { SAMPLE_ENTITIES } from '../testing/sample/sample.entity.ts';
import { UnpublishableEventsError } from '../messaging/index.ts';
import { claimUnhandled, OutboxBacklog, OutboxRelay, parkEvent, UnitOfWork, type OutboxRelayOptions } from './index.ts';

let database: TestDatabase;
let unitOfWork: UnitOfWork<unknown>;
let admin: Client;
const ctx = testContext({ scopes: [] });
const otherTenant = testContext();
const AN_HOUR_MS = 3_600_000;

beforeAll(async () => {
  database = await createTestDatabase();
  unitOfWork = new UnitOfWork(await database.openOrm('sample', SAMPLE_ENTITIES));
  admin = await database.connect();
});
afterAll(() => database.drop());
const running: OutboxRelay[] = [];
afterEach(stopRelays);

test('an event is published as an envelope that names its tenant, its cause and its source', async () => {
  const published: EventEnvelope[] = [];
  startRelay(async (envelopes) => void published.push(...envelopes));
  const aggregateId = randomUUID();
  await appendInOrder(aggregateId, 1);
  await until(() => published.length === 1);

  const [envelope] = published.map((each) => eventEnvelope.parse(each));
  expect(envelope).toMatchObject({
    event_type: 'sample.shelf.counted',
    tenant_id: ctx.tenantId,
    aggregate_id: aggregateId,
    source: 'sample',
    version: 2,
    data: { number: 0 },
    metadata: { user_id: ctx.actor.kind === 'user' && ctx.actor.userId, correlation_id: ctx.correlationId },
  });
  expect(Math.abs(Date.parse(envelope?.timestamp ?? '') - Date.now())).toBeLessThan(60_000);
});

test('two relays publish every event once, in order per aggregate', async () => {
  const published: EventEnvelope[] = [];
  for (let relays = 0; relays < 2; relays++) startRelay((envelopes) => slowBus(envelopes, published));

  const aggregates = Array.from({ length: 40 }, () => randomUUID());
  await Promise.all(
    aggregates.map((aggregateId, place) => appendInOrder(aggregateId, 50, place % 2 ? ctx : otherTenant)),
  );
  await until(() => published.length >= 2000);
  await stopRelays(); // their current batches are published too

  expect(new Set(published.map(({ event_id }) => event_id)).size).toBe(2000);
  expect(published).toHaveLength(2000);
  for (const aggregateId of aggregates) {
    const numbers = published.filter(({ aggregate_id }) => aggregate_id === aggregateId).map(({ data }) => data);
    expect(numbers).toEqual(Array.from({ length: 50 }, (_, number) => ({ number })));
  }
});

test('a commit wakes the relay of its process, also while another process holds the lock', async () => {
  const published: EventEnvelope[] = [];
  const processes = await Promise.all(Array.from({ length: 2 }, () => openProcess(published)));
  const aggregates = Array.from({ length: 20 }, () => randomUUID());
  await Promise.all(
    aggregates.map((aggregateId, place) => appendInOrder(aggregateId, 10, ctx, processes[place % 2]?.unitOfWork)),
  );
  await until(() => published.length === 200);
  for (const aggregateId of aggregates) {
    const numbers = published.filter(({ aggregate_id }) => aggregate_id === aggregateId).map(({ data }) => data);
    expect(numbers).toEqual(Array.from({ length: 10 }, (_, number) => ({ number })));
  }
});

test('a relay waits for a lock that is held for long, and can be stopped meanwhile', async () => {
  const published: EventEnvelope[] = [];
  const other = await database.connect();
  await other.query('begin; select from sample.relay_turn for update');
  const { unitOfWork: woken } = await openProcess(published);
  await appendInOrder(randomUUID(), 1, ctx, woken);
  const connections = new Set<number>();
  await until(async () => {
    const { rows } = await admin.query<{ pid: number }>(
      `select pid from pg_stat_activity where usename = 'sample_relay' and wait_event_type = 'Lock'`,
    );
    for (const { pid } of rows) connections.add(pid);
    return connections.size >= 2; // the first wait timed out, and the relay waits again
  });
  await stopRelays();
  expect(published).toEqual([]);
  await other.query('commit');
  startRelay(async (envelopes) => void published.push(...envelopes));
  await until(() => published.length === 1);
});

test('a role that serves requests cannot take the lock of the relay, and neither can an advisory lock', async () => {
  const app = await database.connect('sample_app');
  for (const key of [`hashtext('sample.outbox_event')`, `hashtext('sample.relay_turn')`])
    await app.query(`select pg_advisory_lock(${key})`);
  for (const attempt of ['select from sample.relay_turn for update', 'lock table sample.relay_turn in share mode']) {
    await expect(app.query(`begin; ${attempt}`)).rejects.toMatchObject({ code: '42501' });
    await app.query('rollback');
  }
  const published: EventEnvelope[] = [];
  startRelay(async (envelopes) => void published.push(...envelopes));
  await appendInOrder(randomUUID(), 1);
  await until(() => published.length === 1);
});

test('a relay without events reads and takes no lock, which would write to the log of Postgres', async () => {
  startRelay(async () => undefined, [], 5);
  const read = async (statement: string) => (await admin.query<{ value: string }>(statement)).rows[0]?.value;
  const lastLook = () =>
    read(`select max(query_start)::text as value from pg_stat_activity
           where usename = 'sample_relay' and query like 'select exists%'`);
  const lastTurn = () => read('select xmax::text as value from sample.relay_turn');
  const look = await until(lastLook);
  const turn = await lastTurn();
  await until(async () => (await lastLook()) !== look);
  expect(await lastTurn()).toBe(turn);
});

test('an event that the bus can never take is parked and reported, and the others are published', async () => {
  const published: EventEnvelope[] = [];
  const errors: unknown[] = [];
  const [refused, taken] = [randomUUID(), randomUUID()];
  startRelay(async (envelopes) => {
    const unpublishable = envelopes.filter(({ aggregate_id }) => aggregate_id === refused);
    if (unpublishable.length > 0)
      throw new UnpublishableEventsError(new Map(unpublishable.map(({ event_id }) => [event_id, 'too large'])));
    published.push(...envelopes);
  }, errors);
  await appendInOrder(refused, 1);
  await appendInOrder(taken, 2);
  await until(() => published.length === 2);
  expect(published.map(({ aggregate_id }) => aggregate_id)).toEqual([taken, taken]);
  expect(errors).toEqual([expect.any(UnpublishableEventsError)]);
  const { rows } = await until(async () => {
    const left = await admin.query('select aggregate_id, park_reason from sample.outbox_event');
    return left.rowCount === 1 && left; // published events are deleted a moment later
  });
  expect(rows).toEqual([{ aggregate_id: refused, park_reason: 'too large' }]);
  const backlog = new OutboxBacklog(database.url('sample_relay'), 'sample');
  expect(await backlog.read()).toEqual({ events: 0, lagSeconds: 0, parked: 1 });
  await backlog.close();

  await stopRelays();
  await admin.query('update sample.outbox_event set parked_at = null, park_reason = null');
  startRelay(async (envelopes) => void published.push(...envelopes));
  await until(() => published.length === 3);
});

test('an event that the bus refuses is published in a later round', async () => {
  const published: EventEnvelope[] = [];
  const errors: unknown[] = [];
  let refusals = 2;
  startRelay(async (envelopes) => {
    if (refusals-- > 0) throw new Error('bus is down');
    published.push(...envelopes);
  }, errors);
  await appendInOrder(randomUUID(), 1);
  await until(() => published.length === 1);
  expect(errors).toHaveLength(2);
});

test('a relay outlives the loss of its connections', async () => {
  const published = new Set<string>(); // a set: an event whose deletion was interrupted is published again
  startRelay(async (envelopes) => envelopes.forEach(({ aggregate_id }) => published.add(aggregate_id)));
  for (let round = 0; round < 3; round++) {
    const aggregateId = randomUUID();
    await appendInOrder(aggregateId, 1);
    await until(() => published.has(aggregateId));
    await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where usename = 'sample_relay' and datname = current_database()`,
    );
  }
});

test('an event of a unit of work that fails is never published', async () => {
  const aggregateId = randomUUID();
  const failing = unitOfWork.run(ctx, async (tx) => {
    tx.outbox.append(counted(aggregateId, 0));
    await tx.outbox.flush(tx.db, ctx);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  const { rowCount } = await admin.query('select from sample.outbox_event where aggregate_id = $1', [aggregateId]);
  expect(rowCount).toBe(0);
});

test('the outbox refuses an event of another subgraph', async () => {
  const foreign = { ...counted(randomUUID(), 0), subject: 'payments.payment.changed' };
  const writing = unitOfWork.run(ctx, async (tx) => tx.outbox.append(foreign));
  await expect(writing).rejects.toThrow('outbox_event_subject_is_own');
});

test('a consumer handles an event once, however often and concurrently it is delivered', async () => {
  const eventIds = [randomUUID(), randomUUID()];
  const deliver = () => unitOfWork.run(ctx, (tx) => claimUnhandled(tx, { consumer: 'projection', eventIds }));
  const claimed = await Promise.all(Array.from({ length: 10 }, deliver));
  expect(claimed.flatMap((each) => [...each]).toSorted()).toEqual(eventIds.toSorted());
});

test('an event that failed every retry is parked whole, with the newest error', async () => {
  const published: EventEnvelope[] = [];
  startRelay(async (envelopes) => void published.push(...envelopes));
  await appendInOrder(randomUUID(), 1);
  const [envelope] = await until(() => published.length > 0 && published);
  if (!envelope) throw new Error('no event');
  for (const reason of ['first', 'second'])
    await unitOfWork.run(ctx, (tx) => parkEvent(tx, 'projection', envelope, new Error(reason)));
  const { rows } = await admin.query('select consumer, envelope, error from sample.dead_letter_event');
  expect(rows).toEqual([{ consumer: 'projection', envelope, error: expect.stringContaining('Error: second') }]);
});

test('the relay reads the outbox of every tenant and nothing else', async () => {
  const { rows } = await admin.query<{ may: string }>(
    `select table_name || ' ' || lower(privilege_type) as may from information_schema.table_privileges
      where table_schema = 'sample' and grantee = 'sample_relay' order by 1`,
  );
  expect(rows.map(({ may }) => may)).toEqual([
    'outbox_event delete',
    'outbox_event select',
    'relay_turn select',
    'relay_turn update',
  ]);
});

function startRelay(publish: OutboxRelayOptions['publish'], errors: unknown[] = [], pollMs = 50): OutboxRelay {
  const relay = new OutboxRelay({
    url: database.url('sample_relay'),
    schema: 'sample',
    pollMs,
    publish,
    onError: (error) => errors.push(error),
  });
  relay.start();
  running.push(relay);
  return relay;
}

/** A unit of work with a relay that is woken only by commits of this unit of work. */
async function openProcess(published: EventEnvelope[]): Promise<{ unitOfWork: UnitOfWork<unknown> }> {
  const relay = startRelay((envelopes) => slowBus(envelopes, published), [], AN_HOUR_MS);
  const orm = await database.openOrm('sample', SAMPLE_ENTITIES);
  return { unitOfWork: new UnitOfWork(orm, { onEvents: () => relay.wake() }) };
}

async function stopRelays(): Promise<void> {
  await Promise.all(running.splice(0).map((relay) => relay.stop()));
}

const counted = (aggregateId: string, number: number) => ({
  subject: 'sample.shelf.counted',
  version: 2,
  aggregateId,
  payload: { number },
});

/** Appends events, each in its own transaction, as an aggregate does that changes many times. */
async function appendInOrder(
  aggregateId: string,
  count: number,
  caller = ctx,
  work: UnitOfWork<unknown> = unitOfWork,
): Promise<void> {
  for (let number = 0; number < count; number++) {
    await work.run(caller, async (tx) => tx.outbox.append(counted(aggregateId, number)));
  }
}

/** A bus with varying delays, so that relays overtake each other wherever possible. */
async function slowBus(envelopes: readonly EventEnvelope[], published: EventEnvelope[]): Promise<void> {
  await sleep(Math.random() * 8);
  published.push(...envelopes);
}
