import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { defineEvent, type EventEnvelope } from '../contracts/index.ts';
import { InProcessEventBus, type EventConsumer } from './index.ts';

const Ring = defineEvent({ subject: 'bell.rang', version: 1, payload: z.object({ times: z.int() }) });
const tenantId = randomUUID();

function envelope(times: number, aggregateId = tenantId, tenant = tenantId): EventEnvelope {
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

function recordingConsumer(handle: (envelope: EventEnvelope) => void = () => undefined, batchSize = 1) {
  const handled: unknown[] = [];
  const parked: unknown[] = [];
  const batches: number[] = [];
  const consumer: EventConsumer = {
    name: 'listener',
    events: [Ring],
    batchSize,
    handle: async (batch) => {
      for (const each of batch) handle(each);
      handled.push(...batch.map(({ data }) => data));
      batches.push(batch.length);
    },
    park: async (each) => void parked.push(each.data),
  };
  return { consumer, handled, parked, batches };
}

const quietBus = () => new InProcessEventBus({ retryDelaysMs: [0, 0], onError: () => undefined });

test('publish resolves when every consumer has the events, in order per aggregate', async () => {
  const bus = quietBus();
  const { consumer, handled } = recordingConsumer();
  bus.consume(consumer);
  await bus.publish([1, 2, 3].map((times) => envelope(times)));
  expect(handled).toEqual([{ times: 1 }, { times: 2 }, { times: 3 }]);
});

test('a failure that passes is retried, one that stays is parked and blocks nothing', async () => {
  const bus = quietBus();
  let failures = 0;
  const { consumer, handled, parked } = recordingConsumer(({ data }) => {
    const { times } = data as { times: number };
    if (times === 1 && failures++ < 2) throw new Error('passes');
    if (times === 2) throw new Error('stays');
  });
  bus.consume(consumer);
  await bus.publish([1, 2, 3].map((times) => envelope(times)));
  expect(handled).toEqual([{ times: 1 }, { times: 3 }]);
  expect(parked).toEqual([{ times: 2 }]);
});

test('a consumer of batches gets one tenant at a time, in order, and a bad event costs only itself', async () => {
  const bus = quietBus();
  const bad = 3;
  const { consumer, handled, parked, batches } = recordingConsumer(({ data }) => {
    if ((data as { times: number }).times === bad) throw new Error('bad');
  }, 2);
  bus.consume(consumer);
  const stranger = randomUUID();
  await bus.publish([1, 2, bad, 4, 5].map((times) => envelope(times, randomUUID())));
  await bus.publish([envelope(6), envelope(7, stranger, stranger)]);
  expect(handled).toEqual([1, 2, 4, 5, 6, 7].map((times) => ({ times })));
  expect(parked).toEqual([{ times: bad }]);
  expect(batches).toEqual([2, 1, 1, 1, 1]);
});

test('a feed gives one tenant and one aggregate, and leaves nothing behind when it is cancelled', async () => {
  const bus = quietBus();
  const bell = randomUUID();
  const feed = bus.feed(Ring, { tenantId, aggregateId: bell });
  const first = feed.next();
  expect(bus.feedCount).toBe(1);
  await bus.publish([envelope(1), envelope(2, bell, randomUUID()), envelope(3, bell)]);
  expect((await first).value.data).toEqual({ times: 3 });
  const waiting = feed.next();
  await feed.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(bus.feedCount).toBe(0);
});
