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

/** Feeds of events whose present begins after 10, and of which those after 7 are known. */
function positioned() {
  const feeds = new EventFeeds();
  feeds.begin(Ring.subject, { epoch: 'e1', last: 10, knownAfter: 7 });
  const tell = (sequence: number, envelope = ring(sequence)) =>
    feeds.tell(envelope, { sequence, isPast: sequence <= 10 });
  const take = async (count: number, after?: string, aggregateId = bell) => {
    const feed = feeds.open(Ring, { tenantId, aggregateId, after });
    const taken: unknown[] = [];
    for (let index = 0; index < count; index += 1) taken.push(toldOf((await feed.next()).value));
    await feed.return?.();
    return taken;
  };
  return { feeds, tell, take };
}

interface Told {
  readonly data?: { readonly times: number };
  readonly position?: string;
}

/** How often it rang, or a mark; and where. */
const toldOf = ({ data, position }: Told) => [data?.times ?? 'mark', position];

test('a feed says where it begins, and each event where it stands', async () => {
  const { feeds, tell } = positioned();
  tell(11);
  const feed = feeds.open(Ring, { tenantId });
  expect(feed.position).toBe(at(11));
  const next = feed.next();
  tell(12);
  expect((await next).value).toMatchObject({ data: { times: 12 }, position: at(12) });
  await feed.return?.();
});

test('a feed that is resumed has what came meanwhile first, of its own tenant and aggregate, and a mark after it', async () => {
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
    ['mark', at(17)],
  ]);
});

test('it can be resumed in a process that was started meanwhile, as soon as that knows what was before its start', async () => {
  const { feeds, tell } = positioned();
  const feed = feeds.open(Ring, { tenantId, after: at(8) });
  const nexts = [feed.next(), feed.next(), feed.next()];
  for (const sequence of [8, 9, 10]) tell(sequence);
  feeds.caughtUp(Ring.subject);
  const taken = await Promise.all(nexts);
  expect(taken.map(({ value }) => toldOf(value))).toEqual([
    [9, at(9)],
    [10, at(10)],
    ['mark', at(10)],
  ]);
  await feed.return?.();
});

test('who waits to be resumed can leave', async () => {
  const { feeds } = positioned();
  const feed = feeds.open(Ring, { tenantId, after: at(8) });
  const next = feed.next();
  await feed.return?.();
  expect(await next).toMatchObject({ done: true });
  expect(feeds.count).toBe(0);
});

test('in a process that is behind the one before, a resumed feed tells nothing twice', async () => {
  const { feeds, tell } = positioned();
  feeds.caughtUp(Ring.subject);
  tell(11);
  const feed = feeds.open(Ring, { tenantId, after: at(13) });
  const nexts = [feed.next(), feed.next()];
  await nexts[0];
  for (const sequence of [12, 13, 14]) tell(sequence);
  const taken = await Promise.all(nexts);
  expect(taken.map(({ value }) => toldOf(value))).toEqual([
    ['mark', at(13)],
    [14, at(14)],
  ]);
  await feed.return?.();
});

test('what was before the start of a process is told to nobody who did not ask for it', async () => {
  const { feeds, tell } = positioned();
  const feed = feeds.open(Ring, { tenantId });
  const next = feed.next();
  tell(9);
  tell(11);
  expect((await next).value.data).toEqual({ times: 11 });
  await feed.return?.();
});

test('an event between opening a feed and reading it is not missed', async () => {
  const { feeds, tell } = positioned();
  const feed = feeds.open(Ring, { tenantId });
  tell(11);
  expect((await feed.next()).value.data).toEqual({ times: 11 });
  await feed.return?.();
});

test('a feed that was opened before there were positions gets one as soon as there is', async () => {
  const feeds = new EventFeeds();
  const feed = feeds.open(Ring, { tenantId });
  const next = feed.next();
  feeds.begin(Ring.subject, { epoch: 'e1', last: 4, knownAfter: 0 });
  expect([feed.position, toldOf((await next).value)]).toEqual([undefined, ['mark', at(4)]]);
  await feed.return?.();
});

test('an event that the stream sends again is told of once', async () => {
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

test('an event that the stream holds twice, at two places, is told of once', async () => {
  const { feeds, tell } = positioned();
  const [past, first] = [ring(9), ring(11)];
  tell(9, past);
  const feed = feeds.open(Ring, { tenantId });
  const next = feed.next();
  tell(11, first);
  tell(12, first);
  tell(13, past);
  tell(14);
  expect(toldOf((await next).value)).toEqual([11, at(11)]);
  expect(toldOf((await feed.next()).value)).toEqual([14, at(14)]);
});

test('who hears of no event for long is told newer positions, so that they can always be resumed', async () => {
  const { feeds, tell } = positioned();
  feeds.caughtUp(Ring.subject);
  const feed = feeds.open(Ring, { tenantId, aggregateId: randomUUID() });
  let position = feed.position;
  let marks = 0;
  void (async () => {
    for await (const each of feed) {
      position = each.position;
      marks += 1;
    }
  })();
  for (let sequence = 11; sequence <= 3 * REMEMBERED_EVENTS; sequence += 1) tell(sequence);
  await until(() => marks > 0 && Number(position?.split('.')[1]) > 2 * REMEMBERED_EVENTS);
  await feed.return?.();
  const resumed = feeds.open(Ring, { tenantId, after: position });
  expect((await resumed.next()).value.position).toBeDefined();
  expect(marks).toBeLessThan(20);
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

test('what is forgotten cannot be resumed after, and what is remembered can', async () => {
  const { feeds, tell, take } = positioned();
  feeds.caughtUp(Ring.subject);
  for (let sequence = 11; sequence <= 11 + 2 * REMEMBERED_EVENTS; sequence += 1) tell(sequence);
  const first = 12 + REMEMBERED_EVENTS;
  expect(await take(1, at(first - 1))).toEqual([[first, at(first)]]);
  await expect(take(1, at(first - 2))).rejects.toThrow(PositionLostError);
});
