import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { PositionLostError } from '@souk/kit/messaging';
import { until, HAS_NATS, startNats, type TestNats } from '@souk/kit/testing';
import { defineEvent, type EventEnvelope } from '@souk/kit/contracts';
import { desiredTopology, migrateTopology, NatsEventBus, openNats, type Nats } from './index.ts';

const Ring = defineEvent({ subject: 'bell.tower.rang', version: 1, payload: z.object({ times: z.int() }) });
const tenantId = randomUUID();
const aggregateId = randomUUID();

const ring = (times: number): EventEnvelope => ({
  event_id: randomUUID(),
  event_type: Ring.subject,
  tenant_id: tenantId,
  aggregate_id: aggregateId,
  timestamp: '2030-01-01T00:00:00.000Z',
  source: 'bell',
  version: 1,
  data: { times },
  metadata: { user_id: null, correlation_id: null },
});

const suite = HAS_NATS ? describe : describe.skip;

suite(`a feed on JetStream${HAS_NATS ? '' : ' (there is no nats-server here: apt-get install nats-server)'}`, () => {
  let server: TestNats;
  let nats: Nats;
  beforeAll(async () => {
    server = await startNats();
    nats = await openNats({ url: server.url, name: 'test', onError: () => undefined });
    await migrateTopology(nats, desiredTopology({ events: [Ring], readers: [] }));
  });
  afterAll(async () => {
    await nats.close();
    await server.stop();
  });

  async function startBus(): Promise<NatsEventBus> {
    const bus = new NatsEventBus({ nats, feeds: [Ring], onError: () => undefined });
    await bus.ready();
    return bus;
  }

  test('ends when its stream is lost, and a new feed shows the events of the stream that replaced it', async () => {
    const first = await startBus();
    const feed = first.feed(Ring, { tenantId, aggregateId });
    const [reading, losing] = [feed.next(), feed.next()];
    losing.catch(() => undefined); // asserted below
    await first.publish([ring(1)]);
    await reading;
    const manager = await nats.connection.jetstreamManager();
    await manager.streams.delete('SOUK_BELL');
    await migrateTopology(nats, desiredTopology({ events: [Ring], readers: [] }));
    await expect(losing).rejects.toThrow(PositionLostError);

    const again = first.feed(Ring, { tenantId, aggregateId });
    const shown = again.next();
    await first.publish([ring(2)]);
    expect((await shown).value.data.times).toBe(2);
    await first.stop();
  }, 30_000);

  test('a consumer of every process reads its state again, and receives all events of the new stream', async () => {
    const seen: unknown[] = [];
    const bus = new NatsEventBus({ nats, onError: () => undefined });
    bus.consume({
      name: 'test.memory',
      events: [Ring],
      everyProcess: true,
      handle: async (envelopes) => void seen.push(...envelopes.map(({ data }) => data)),
      park: async () => undefined,
      missed: async () => void seen.push('missed'),
    });
    await bus.ready();
    const manager = await nats.connection.jetstreamManager();
    await manager.streams.delete('SOUK_BELL');
    await migrateTopology(nats, desiredTopology({ events: [Ring], readers: [] }));
    const publisher = await startBus();
    await publisher.publish([ring(7)]);
    await until(() => seen.length === 2);
    expect(seen).toEqual(['missed', { times: 7 }]);
    await Promise.all([bus.stop(), publisher.stop()]);
  }, 30_000);

  test('is resumed in another process, which was started after the events, without missing one', async () => {
    const first = await startBus();
    const feed = first.feed(Ring, { tenantId, aggregateId });
    const reading = feed.next();
    await first.publish([ring(1)]);
    const { value } = await reading;
    await first.stop();

    const publisher = await startBus();
    await publisher.publish([ring(2), ring(3)]);
    await publisher.stop();

    const second = await startBus();
    const resumed = second.feed(Ring, { tenantId, aggregateId, after: value.position });
    const times = [await resumed.next(), await resumed.next()].map((each) => each.value.data.times);
    expect((await resumed.next()).value.isCheckpoint).toBe(true);
    await second.publish([ring(4)]);
    times.push((await resumed.next()).value.data.times);
    expect(times).toEqual([2, 3, 4]);
    await resumed.return?.();
    await second.stop();
  });
});
