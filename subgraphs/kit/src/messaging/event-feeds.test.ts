import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { defineEvent, type EventEnvelope } from '../contracts/index.ts';
import { EventFeeds, REMEMBERED_EVENTS } from './event-feeds.ts';

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

/** Feeds of events that have positions, the present of which begins after 10. */
function positioned() {
  const feeds = new EventFeeds();
  feeds.begin(Ring.subject, 10);
  const tell = (sequence: number, envelope = ring(sequence)) =>
    feeds.tell(envelope, { sequence, isPast: sequence <= 10 });
  const take = async (count: number, after?: string, aggregateId = bell) => {
    const feed = feeds.open(Ring, { tenantId, aggregateId, after });
    const taken: unknown[] = [];
    for (let index = 0; index < count; index += 1) {
      const { value } = await feed.next();
      taken.push([value.data.times, value.position]);
    }
    await feed.return?.();
    return taken;
  };
  return { feeds, tell, take };
}

test('a feed says where it begins, and each event where it stands', async () => {
  const { feeds, tell } = positioned();
  tell(11);
  const feed = feeds.open(Ring, { tenantId });
  expect(feed.position).toBe('11');
  const next = feed.next();
  tell(12);
  expect((await next).value).toMatchObject({ data: { times: 12 }, position: '12' });
  await feed.return?.();
});

test('a feed that is resumed has what came meanwhile first, of its own tenant and aggregate', async () => {
  const { tell, take } = positioned();
  for (const sequence of [11, 12, 13]) tell(sequence);
  tell(14, ring(14, randomUUID()));
  tell(15, ring(15, bell, randomUUID()));
  tell(16);
  expect(await take(3, '11')).toEqual([
    [12, '12'],
    [13, '13'],
    [16, '16'],
  ]);
});

test('it can be resumed in a process that was started meanwhile, and remembers what was before its start', async () => {
  const { tell, take } = positioned();
  for (const sequence of [8, 9, 10]) tell(sequence);
  expect(await take(2, '8')).toEqual([
    [9, '9'],
    [10, '10'],
  ]);
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

test('an event that the stream sends again is told of once when a feed is resumed', async () => {
  const { tell, take } = positioned();
  for (const sequence of [11, 12, 11, 12, 13]) tell(sequence);
  expect(await take(2, '11')).toEqual([
    [12, '12'],
    [13, '13'],
  ]);
});

test('the oldest events are forgotten', async () => {
  const { tell, take } = positioned();
  for (let sequence = 11; sequence <= 11 + 2 * REMEMBERED_EVENTS; sequence += 1) tell(sequence);
  expect(await take(1, '11')).toEqual([[12 + REMEMBERED_EVENTS, String(12 + REMEMBERED_EVENTS)]]);
});

test('a position that is none of ours resumes nothing', async () => {
  const { feeds, tell } = positioned();
  tell(11);
  const feed = feeds.open(Ring, { tenantId, after: 'elsewhere' });
  const next = feed.next();
  tell(12);
  expect((await next).value.data).toEqual({ times: 12 });
  await feed.return?.();
});
