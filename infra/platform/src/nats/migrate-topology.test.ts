import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bells, listener, ring, timesOf } from '@souk/kit/messaging/testing';
import { HAS_NATS, startNats, until, type TestNats } from '@souk/kit/testing';
import { desiredTopology, migrateTopology, NatsEventBus, openNats, settingsInForce, type Nats } from './index.ts';

const describeNats = HAS_NATS ? describe : describe.skip;
const REASON = HAS_NATS ? '' : ' (skipped: there is no nats-server on this machine)';

describeNats(`the migration of streams and consumers${REASON}`, () => migrations());

function migrations(): void {
  let server: TestNats;
  let nats: Nats;
  beforeAll(async () => {
    server = await startNats();
    nats = await openNats({ url: server.url, name: 'test', onError: () => undefined });
  });
  afterAll(async () => {
    await nats.close();
    await server.stop();
  });

  const events = [{ subject: 'shelf.shelf.counted', version: 1 }];
  const reader = (batchSize = 1) => ({ name: `test.${randomUUID().slice(0, 8)}`, events, batchSize });
  const UNCHANGED = { created: [], updated: [], undeclared: [] };

  test('a second migration, and several at once, change nothing', async () => {
    const topology = desiredTopology({ events, readers: [reader(), reader(50)] }, { partitions: 2 });
    const { created } = await migrateTopology(nats, topology);
    expect(created).toContain('SOUK_SHELF');
    expect(created).toHaveLength(4 + 2 + 1 + 2 + 1); // streams, partitions, batches, replays, turn
    const again = await Promise.all([1, 2, 3].map(() => migrateTopology(nats, topology)));
    expect(again).toEqual([UNCHANGED, UNCHANGED, UNCHANGED]);
    const manager = await nats.connection.jetstreamManager();
    expect((await manager.streams.info('SOUK_TURNS')).state.messages).toBe(1);
  });

  test('the migration updates settings, reports undeclared consumers, and deletes them with prune', async () => {
    const [kept, dropped] = [reader(), reader()];
    await migrateTopology(nats, desiredTopology({ events, readers: [kept, dropped] }, { partitions: 1 }), {
      prune: true,
    });
    const later = desiredTopology({ events, readers: [kept] }, { partitions: 1, keepDays: 3 });
    const { updated, undeclared } = await migrateTopology(nats, later);
    expect(updated).toEqual(['SOUK_SHELF']);
    const durable = dropped.name.replace('.', '_');
    expect(undeclared.toSorted()).toEqual([`SOUK_REPLAYS/${durable}_replays`, `SOUK_SHELF/${durable}_shelf_0`]);
    await migrateTopology(nats, later, { prune: true });
    expect(await migrateTopology(nats, later)).toEqual(UNCHANGED);
  });

  test('events stored before a stream has its consumers reach them, even after an interrupted migration', async () => {
    const clock = bells();
    const listening = listener([clock.Rang]);
    const topology = desiredTopology({ events: [clock.Rang], readers: [listening.consumer] }, { partitions: 1 });
    await migrateTopology(nats, { ...topology, consumers: [], turns: [] }); // interrupted after creating the streams
    const manager = await nats.connection.jetstreamManager();
    const stream = `SOUK_${clock.publisher.toUpperCase()}`;
    const { config } = await manager.streams.info(stream);
    await manager.streams.update(stream, { ...config, description: `${config.description}, consumers being made` });
    const bus = new NatsEventBus({ nats, onError: () => undefined });
    await bus.publish([ring(clock.Rang, { times: 1 })]);

    await migrateTopology(nats, topology);
    bus.consume(listening.consumer);
    await until(() => listening.handled.length === 1);
    expect((await manager.streams.info(stream)).config.description).toBe('Events, in 1 partitions');

    // A consumer that a later version adds begins with new events. Otherwise a new mailer would send mails about last week's orders.
    const later = listener([clock.Rang]);
    await migrateTopology(
      nats,
      desiredTopology({ events: [clock.Rang], readers: [listening.consumer, later.consumer] }, { partitions: 1 }),
    );
    const durable = `${later.consumer.name.replaceAll('.', '_')}_${clock.publisher}_0`;
    expect((await manager.consumers.info(stream, durable)).num_pending).toBe(0);
    await bus.stop();
  });

  test('events that are published while a lost stream has no consumers yet reach all of them', async () => {
    const clock = bells();
    const readers = [listener([clock.Rang]), listener([clock.Rang], undefined, 10)];
    const consumers = readers.map(({ consumer }) => consumer);
    const topology = desiredTopology({ events: [clock.Rang], readers: consumers }, { partitions: 2 });
    await migrateTopology(nats, topology);
    const bus = new NatsEventBus({ nats, onError: () => undefined });
    for (const consumer of consumers) bus.consume(consumer);
    const rung = (times: number) => ring(clock.Rang, { times, aggregateId: randomUUID() });
    const haveAll = (count: number) =>
      until(() => readers.every(({ handled }) => new Set(handled.map(timesOf)).size === count));
    await bus.publish([rung(1)]);
    await haveAll(1);

    const manager = await nats.connection.jetstreamManager();
    const lost = `SOUK_${clock.publisher.toUpperCase()}`;
    await manager.streams.delete(lost);
    let count = 1;
    await migrateTopology(
      beforeEachConsumer(nats, () => bus.publish([rung((count += 1))])),
      topology,
    );
    expect(count).toBe(1 + topology.consumers.filter(({ stream }) => stream === lost).length);
    await haveAll(count);
    await bus.stop();
  });

  test('a migration without settings keeps the settings of the streams', async () => {
    await removeStreams(nats);
    const topology = async (asked = {}) => desiredTopology({ events, readers: [] }, await settingsInForce(nats, asked));
    await migrateTopology(nats, await topology({ partitions: 4, keepDays: 3, maxBytes: 2 ** 26 }));
    expect(await migrateTopology(nats, await topology())).toEqual(UNCHANGED);
    expect(await settingsInForce(nats)).toEqual({ partitions: 4, replicas: 1, keepDays: 3, maxBytes: 2 ** 26 });
  });

  describe('changing the number of partitions', () => {
    const clock = bells();
    const listening = listener([clock.Rang]);
    const into = (partitions: number) =>
      migrateTopology(nats, desiredTopology({ events: [clock.Rang], readers: [listening.consumer] }, { partitions }));
    const open = async (name: string): Promise<NatsEventBus> => {
      const own = await openNats({ url: server.url, name, onError: () => undefined });
      opened.push(own);
      return new NatsEventBus({ nats: own, onError: () => undefined });
    };
    const opened: Nats[] = [];
    afterAll(() => Promise.all(opened.map((each) => each.close())));

    test('is refused while an event is not handled or a process runs; afterwards no event is lost or out of order', async () => {
      await removeStreams(nats);
      await into(2);
      const [publisher, reader] = [await open('payments'), await open('orders')];
      await publisher.publish([1, 2, 3].map((times) => ring(clock.Rang, { times })));
      await expect(into(5)).rejects.toThrow(
        /have 2 partitions.*\n.*\n {2}not handled yet: 3 events of SOUK_[\w-]+ by [\w-]+\n {2}still running: payments$/,
      );
      reader.consume(listening.consumer);
      await until(() => listening.handled.length === 3);
      await expect(into(5)).rejects.toThrow(/In the way:\n {2}still running: orders, payments$/);
      await Promise.all([publisher.stop(), reader.stop()]);
      const { created } = await into(5);
      expect(created).toHaveLength(3);

      const [later, heir] = [await open('payments'), await open('orders')];
      const again = listener(listening.consumer.events, undefined, 1, listening.consumer.name);
      heir.consume(again.consumer);
      const aggregates = Array.from({ length: 20 }, () => randomUUID());
      await later.publish(aggregates.map((aggregateId) => ring(clock.Rang, { times: 1, aggregateId })));
      await until(() => again.handled.length === 20);
      await Promise.all([later.stop(), heir.stop()]);

      await into(1); // fewer: unused consumers are deleted
      const manager = await nats.connection.jetstreamManager();
      expect((await manager.streams.info(`SOUK_${clock.publisher.toUpperCase()}`)).state.consumer_count).toBe(1);
    });
  });
}

/** A connection that calls `before` whenever it creates a consumer. */
function beforeEachConsumer(nats: Nats, before: () => Promise<void>): Nats {
  const jetstreamManager = async () => {
    const manager = await nats.connection.jetstreamManager();
    const add = manager.consumers.add.bind(manager.consumers);
    manager.consumers.add = async (...args) => {
      await before();
      return add(...args);
    };
    return manager;
  };
  const connection = Object.assign(Object.create(nats.connection), { jetstreamManager });
  return Object.assign(Object.create(nats), { connection, jetstream: nats.jetstream });
}

async function removeStreams({ connection }: Nats): Promise<void> {
  const manager = await connection.jetstreamManager();
  for await (const name of manager.streams.names()) await manager.streams.delete(name);
}
