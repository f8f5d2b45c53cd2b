import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EventEnvelope } from '../../contracts/index.ts';
import { claimUnhandled, UnitOfWork } from '../../persistence/index.ts';
import { createTestDatabase, testContext, until, type TestDatabase } from '../../testing/index.ts';
import { SAMPLE_ENTITIES } from '../../testing/sample/sample.entity.ts';
import type { EventBus } from '../event-bus.ts';
import { bells, listener, ring, TENANT, timesOf, type Bells, type Listener } from './bells.ts';

/** Opens a bus with these events and consumers. The bus retries after `RETRY_DELAYS_MS`. */
export type OpenBus = (bells: Bells, listeners: readonly Listener[]) => Promise<EventBus>;

export interface EventBusUnderTest {
  readonly open: OpenBus;
  /** The events that failed every retry of a consumer. */
  readonly parked: (listener: Listener) => Promise<readonly EventEnvelope[]>;
  readonly close: () => Promise<void>;
}

/** Delays before the retries of a bus under test. They are short, so that tests of dead letters are fast. */
export const RETRY_DELAYS_MS = [5, 10, 20];

/** The behavior that every event bus must have. */
export function describeEventBus(name: string, start: () => Promise<EventBusUnderTest>): void {
  describe(name, () => {
    let world: EventBusUnderTest;
    beforeAll(async () => {
      world = await start();
    });
    afterAll(() => world.close());

    test('every consumer receives every event of its kinds, in order per aggregate', async () => {
      const clock = bells();
      const [both, stops] = [listener([clock.Rang, clock.Stopped]), listener([clock.Stopped])];
      const bus = await consuming(clock, [both, stops]);
      const events = [1, 2, 3, 4].map((times) => ring(times % 2 ? clock.Rang : clock.Stopped, { times }));
      await bus.publish(events);
      await until(() => both.handled.length === 4 && stops.handled.length === 2);
      expect(both.handled).toEqual(events);
      expect(stops.handled.map(timesOf)).toEqual([2, 4]);
    });

    test('the order of an aggregate holds from call to call while events of many aggregates are published', async () => {
      const clock = bells();
      const slow = listener([clock.Rang, clock.Stopped], () => sleep(Math.random() * 3));
      const bus = await consuming(clock, [slow]);
      const aggregates = Array.from({ length: 20 }, () => randomUUID());
      for (let times = 0; times < 10; times++) {
        const event = times % 2 ? clock.Rang : clock.Stopped;
        await bus.publish(aggregates.map((aggregateId) => ring(event, { times, aggregateId })));
      }
      await until(() => slow.handled.length === 200);
      for (const id of aggregates) {
        const handled = slow.handled.filter(({ aggregate_id }) => aggregate_id === id).map(timesOf);
        expect(handled).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      }
    });

    test('a temporary failure is retried, and later events of the aggregate wait for it', async () => {
      const clock = bells();
      let failures = 0;
      const flaky = listener([clock.Rang], (envelope) => {
        if (timesOf(envelope) === 1 && failures++ < RETRY_DELAYS_MS.length) throw new Error('passes');
      });
      const bus = await consuming(clock, [flaky]);
      await bus.publish([1, 2, 3].map((times) => ring(clock.Rang, { times })));
      await until(() => flaky.handled.length === 3);
      expect(flaky.handled.map(timesOf)).toEqual([1, 2, 3]);
      expect(await world.parked(flaky)).toEqual([]);
    });

    test('an event that fails every time is parked whole, and blocks neither its aggregate nor other consumers', async () => {
      const clock = bells();
      let attempts = 0;
      const broken = listener([clock.Rang], (envelope) => {
        if (timesOf(envelope) !== 1) return;
        attempts += 1;
        throw new Error('stays');
      });
      const sound = listener([clock.Rang]);
      const bus = await consuming(clock, [broken, sound]);
      const [bad, good] = [ring(clock.Rang, { times: 1 }), ring(clock.Rang, { times: 2 })];
      await bus.publish([bad, good]);
      await until(() => broken.handled.length === 1 && sound.handled.length === 2);
      expect(await world.parked(broken)).toEqual([bad]);
      expect(attempts).toBe(1 + RETRY_DELAYS_MS.length);
      expect(await world.parked(sound)).toEqual([]);
    });

    test('an event with a version newer than the consumer knows is parked at once', async () => {
      const clock = bells();
      const old = listener([clock.Rang]);
      const bus = await consuming(clock, [old]);
      const newer = ring(clock.Rang, { times: 1, version: 2 });
      await bus.publish([newer, ring(clock.Rang, { times: 2 })]);
      await until(() => old.handled.length === 1);
      expect(old.handled.map(timesOf)).toEqual([2]);
      expect(await world.parked(old)).toEqual([newer]);
    });

    test('a batch consumer receives one tenant at a time, in order, and only the failing event is parked', async () => {
      const clock = bells();
      const stranger = randomUUID();
      const BAD = 7;
      const batched = listener(
        [clock.Rang],
        (envelope) => {
          if (timesOf(envelope) === BAD) throw new Error('bad');
        },
        5,
      );
      const bus = await consuming(clock, [batched]);
      const events = Array.from({ length: 20 }, (_, times) =>
        ring(clock.Rang, { times, aggregateId: randomUUID(), tenantId: times % 4 === 3 ? stranger : TENANT }),
      );
      await bus.publish(events);
      await until(() => batched.handled.length === 19);
      const handled = (tenant: string) => batched.handled.filter(({ tenant_id }) => tenant_id === tenant).map(timesOf);
      expect(handled(TENANT)).toEqual([0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 16, 17, 18]);
      expect(handled(stranger)).toEqual([3, 11, 15, 19]);
      expect((await world.parked(batched)).map(timesOf)).toEqual([BAD]);
      expect(Math.max(...batched.batches)).toBeGreaterThan(1);
      expect(Math.max(...batched.batches)).toBeLessThanOrEqual(5);
    });

    test('a feed delivers every event of one tenant and aggregate from its first read on, and leaves nothing behind', async () => {
      const clock = bells();
      const bus = await consuming(clock, []);
      const aggregateId = randomUUID();
      const [one, all] = [
        bus.feed(clock.Rang, { tenantId: TENANT, aggregateId }),
        bus.feed(clock.Rang, { tenantId: TENANT }),
      ];
      const firsts = [one.next(), all.next()];
      await bus.publish([
        ring(clock.Rang, { times: 1, aggregateId, tenantId: randomUUID() }),
        ring(clock.Rang, { times: 2 }),
        ring(clock.Rang, { times: 3, aggregateId }),
      ]);
      const [ofOne, ofAll] = await Promise.all(firsts);
      expect([ofOne?.value.data, ofAll?.value.data]).toEqual([{ times: 3 }, { times: 2 }]);
      expect((await all.next()).value.data).toEqual({ times: 3 });
      const waiting = one.next();
      await Promise.all([one.return?.(), all.return?.()]);
      expect(await waiting).toEqual({ done: true, value: undefined });
      expect(bus).toMatchObject({ feedCount: 0 });
    });

    describe('with the inbox of a subgraph', () => {
      let database: TestDatabase;
      let unitOfWork: UnitOfWork<unknown>;
      beforeAll(async () => {
        database = await createTestDatabase();
        unitOfWork = new UnitOfWork(await database.openOrm('sample', SAMPLE_ENTITIES));
      });
      afterAll(() => database.drop());

      test('an event that is published twice, and fails in between, has its effect once', async () => {
        const clock = bells();
        const effects: number[] = [];
        let failures = 0;
        const careful = listener([clock.Rang], (envelope) =>
          unitOfWork.run(testContext({ tenantId: envelope.tenant_id }), async (tx) => {
            const eventIds = [envelope.event_id];
            const unhandled = await claimUnhandled(tx, { consumer: careful.consumer.name, eventIds });
            if (failures++ === 0) throw new Error('after the claim');
            if (unhandled.size > 0) effects.push(timesOf(envelope));
          }),
        );
        const bus = await consuming(clock, [careful]);
        const twice = ring(clock.Rang, { times: 1 });
        await bus.publish([twice, twice]);
        await bus.publish([twice, ring(clock.Rang, { times: 2 })]);
        await until(() => effects.includes(2));
        expect(effects).toEqual([1, 2]);
      });
    });

    async function consuming(clock: Bells, listeners: readonly Listener[]): Promise<EventBus> {
      const bus = await world.open(clock, listeners);
      for (const { consumer } of listeners) bus.consume(consumer);
      return bus;
    }
  });
}
