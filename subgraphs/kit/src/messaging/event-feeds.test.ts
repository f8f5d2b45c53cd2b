import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { defineEvent, type EventEnvelope } from '../contracts/index.ts';
import { until } from '../testing/index.ts';
import { EventFeeds, REMEMBERED_EVENTS } from './event-feeds.ts';
import { PositionLostError } from './feed-position.ts';

const Ring = defineEvent({ subject: 'bell.rang', version: 1, payload: z.object({ times: z.int() }) });
const tenantId = randomUUID();
const bell = randomUUID();

function ring(times: number, aggregateId = bell, tenant = tenantId): EventEnvelope {
  return {
    event_id: randomUUID(),
    event_type: Ring.subject,
    tenant_id: tenant,
    aggregate_id: aggregateId,
    timestamp: '2030-01-01T00:00:00.000Z',
    source: 'bell',
    version: 1,
    data: { times },
    metadata: { user_id: null, correlation_id: null },
  };
}

const at = (sequence: number) => `e1.${sequence}`;

/** Feeds that begin at event 10. They can be resumed from event 7 on. */
function positioned() {
  const feeds = new EventFeeds();
  feeds.begin(Ring.subject, { epoch: 'e1', last: 10, knownAfter: 7 });
  const tell = (sequence: number, envelope = ring(sequence)) =>
    feeds.deliver(envelope, { sequence, isPast: sequence <= 10 });
  const take = async (count: number, after?: string, aggregateId = bell) => {
    const feed = feeds.open(Ring, { tenantId, aggregateId, after });
    const taken: unknown[] = [];
    for (let index = 0; index < count; index += 1) taken.push(summaryOf((await feed.next()).value));
    await feed.return?.();
    return taken;
  };
  return { feeds, tell, take };
}

interface Received {
  readonly data?: { readonly times: number };
  readonly position?: string;
}

/** The content of a message: the number of rings (or `checkpoint` for a checkpoint), and the position. */
const summaryOf = ({ data, position }: Received) => [data?.times ?? 'checkpoint', position];

test('a feed reports its beginning, and each event its position', async () => {
  const { feeds, tell } = positioned();
  tell(11);
  const feed = feeds.open(Ring, { tenantId });
  expect(feed.position).toBe(at(11));
  const next = feed.next();
  tell(12);
  expect((await next).value).toMatchObject({ data: { times: 12 }, position: at(12) });
  await feed.return?.();
});

test('a resumed feed delivers the missed events of its tenant and aggregate first, then a checkpoint', async () => {
  const { feeds, tell, take } = positioned();
  feeds.caughtUp(Ring.subject);
  for (const sequence of [11, 12, 13]) tell(sequence);
  tell(14, ring(14, randomUUID()));
  tell(15, ring(15, bell, randomUUID()));
  tell(16);
  tell(17, ring(17, randomUUID()));
  expect(await take(4, at(11))).toEqual([
    [12, at(12)],
    [13, at(13)],
    [16, at(16)],
    ['checkpoint', at(17)],
  ]);
});

test('a feed can be resumed in a process that started later, once the process knows the events before its start', async () => {
  const { feeds, tell } = positioned();
  const feed = feeds.open(Ring, { tenantId, after: at(8) });
  const nexts = [feed.next(), feed.next(), feed.next()];
  for (const sequence of [8, 9, 10]) tell(sequence);
  feeds.caughtUp(Ring.subject);
  const taken = await Promise.all(nexts);
  expect(taken.map(({ value }) => summaryOf(value))).toEqual([
    [9, at(9)],
    [10, at(10)],
    ['checkpoint', at(10)],
  ]);
  await feed.return?.();
});

test('a feed that waits to be resumed can be closed', async () => {
  const { feeds } = positioned();
  const feed = feeds.open(Ring, { tenantId, after: at(8) });
  const next = feed.next();
  await feed.return?.();
  expect(await next).toMatchObject({ done: true });
  expect(feeds.count).toBe(0);
});

test('in a process that lags behind the previous one, a resumed feed delivers no event twice', async () => {
  const { feeds, tell } = positioned();
  feeds.caughtUp(Ring.subject);
  tell(11);
  const feed = feeds.open(Ring, { tenantId, after: at(13) });
  const nexts = [feed.next(), feed.next()];
  await nexts[0];
  for (const sequence of [12, 13, 14]) tell(sequence);
  const taken = await Promise.all(nexts);
  expect(taken.map(({ value }) => summaryOf(value))).toEqual([
    ['checkpoint', at(13)],
    [14, at(14)],
  ]);
  await feed.return?.();
});

test('events from before the start of a process reach resumed feeds only', async () => {
  const { feeds, tell } = positioned();
  const feed = feeds.open(Ring, { tenantId });
  const next = feed.next();
  tell(9);
  tell(11);
  expect((await next).value.data).toEqual({ times: 11 });
  await feed.return?.();
});

test('an event between opening a feed and reading it is delivered', async () => {
  const { feeds, tell } = positioned();
  const feed = feeds.open(Ring, { tenantId });
  tell(11);
  expect((await feed.next()).value.data).toEqual({ times: 11 });
  await feed.return?.();
});

test('a feed that was opened before positions were known gets a checkpoint as soon as they are', async () => {
  const feeds = new EventFeeds();
  const feed = feeds.open(Ring, { tenantId });
  const next = feed.next();
  feeds.begin(Ring.subject, { epoch: 'e1', last: 4, knownAfter: 0 });
  expect([feed.position, summaryOf((await next).value)]).toEqual([undefined, ['checkpoint', at(4)]]);
  await feed.return?.();
});

test('an event that the stream sends again is delivered once', async () => {
  const { feeds, tell, take } = positioned();
  feeds.caughtUp(Ring.subject);
  const feed = feeds.open(Ring, { tenantId });
  const nexts = [feed.next(), feed.next(), feed.next()];
  for (const sequence of [11, 12, 11, 12, 13]) tell(sequence);
  const taken = await Promise.all(nexts);
  expect(taken.map(({ value }) => value.data.times)).toEqual([11, 12, 13]);
  expect(await take(2, at(11))).toEqual([
    [12, at(12)],
    [13, at(13)],
  ]);
  await feed.return?.();
});

test('an event that the stream holds at two positions is delivered once', async () => {
  const { feeds, tell } = positioned();
  const [past, first] = [ring(9), ring(11)];
  tell(9, past);
  const feed = feeds.open(Ring, { tenantId });
  const next = feed.next();
  tell(11, first);
  tell(12, first);
  tell(13, past);
  tell(14);
  expect(summaryOf((await next).value)).toEqual([11, at(11)]);
  expect(summaryOf((await feed.next()).value)).toEqual([14, at(14)]);
});

test('a quiet feed receives checkpoints, so it can always be resumed', async () => {
  const { feeds, tell } = positioned();
  feeds.caughtUp(Ring.subject);
  const feed = feeds.open(Ring, { tenantId, aggregateId: randomUUID() });
  let position = feed.position;
  let checkpoints = 0;
  void (async () => {
    for await (const each of feed) {
      position = each.position;
      checkpoints += 1;
    }
  })();
  for (let sequence = 11; sequence <= 3 * REMEMBERED_EVENTS; sequence += 1) tell(sequence);
  await until(() => checkpoints > 0 && Number(position?.split('.')[1]) > 2 * REMEMBERED_EVENTS);
  await feed.return?.();
  const resumed = feeds.open(Ring, { tenantId, after: position });
  expect((await resumed.next()).value.position).toBeDefined();
  expect(checkpoints).toBeLessThan(20);
  await resumed.return?.();
});

test.each([
  ['is older than what is remembered', at(6)],
  ['is of another stream of the same name', 'e2.11'],
  ['is none', 'elsewhere'],
])('a position that %s is refused: something may be missing', async (_what, after) => {
  const { feeds } = positioned();
  feeds.caughtUp(Ring.subject);
  await expect(feeds.open(Ring, { tenantId, after }).next()).rejects.toThrow(PositionLostError);
  expect(feeds.count).toBe(0);
});

test('a feed can be resumed after a remembered event, and not after a forgotten one', async () => {
  const { feeds, tell, take } = positioned();
  feeds.caughtUp(Ring.subject);
  for (let sequence = 11; sequence <= 11 + 2 * REMEMBERED_EVENTS; sequence += 1) tell(sequence);
  const first = 12 + REMEMBERED_EVENTS;
  expect(await take(1, at(first - 1))).toEqual([[first, at(first)]]);
  await expect(take(1, at(first - 2))).rejects.toThrow(PositionLostError);
});
