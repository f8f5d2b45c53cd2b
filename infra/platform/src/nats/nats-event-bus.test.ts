import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { headers } from 'nats';
import type { EventEnvelope } from '@souk/kit/contracts';
import { UnpublishableEventsError } from '@souk/kit/messaging';
import {
  bells,
  CLOCK,
  listener,
  ring,
  TENANT,
  timesOf,
  type Listener,
  describeEventBus,
} from '@souk/kit/messaging/testing';
import { HAS_NATS, until } from '@souk/kit/testing';
import { MessageKeys, signedEvents, type DeadLetter } from './index.ts';
import { partitionOf } from './subjects.ts';
import { testKeys } from './testing/test-keys.ts';
import { startEventWorld, type EventWorld } from './testing/event-world.ts';
import { SIGNATURE_HEADER } from './trust/event-signature.ts';

const describeNats = HAS_NATS ? describe : describe.skip;
const REASON = HAS_NATS ? '' : ' (skipped: there is no nats-server on this machine)';

if (HAS_NATS) describeEventBus('the bus on JetStream', startEventWorld);
describeNats(`processes on JetStream${REASON}`, () => processes());

/** A listener with the same consumer name, for another process. */
const twin = ({ consumer }: Listener, before?: (envelope: EventEnvelope) => Promise<void>) =>
  listener(consumer.events, before, consumer.batchSize, consumer.name);

function processes(): void {
  let world: EventWorld;
  beforeAll(async () => {
    world = await startEventWorld();
  });
  afterAll(() => world.close());

  test.each([1, 10])('two processes share a consumer (batches of %i), and the order holds', async (batchSize) => {
    const clock = bells();
    const order: EventEnvelope[] = [];
    const slowly = async (envelope: EventEnvelope) => {
      await sleep(Math.random() * 4);
      order.push(envelope);
    };
    const first = listener([clock.Rang, clock.Stopped], slowly, batchSize);
    const second = twin(first, slowly);
    await world.migrate(clock, [first]);
    const [one, other] = [await world.process(), await world.process()];
    one.bus.consume(first.consumer);
    other.bus.consume(second.consumer);
    const aggregates = Array.from({ length: 30 }, () => randomUUID());
    for (let times = 0; times < 10; times++) {
      await one.bus.publish(aggregates.map((aggregateId) => ring(clock.Rang, { times, aggregateId })));
      if (batchSize > 1) await until(() => order.length > times * 20); // until each process has had a turn
    }
    await until(() => order.length === 300);
    for (const id of aggregates) {
      const handled = order.filter(({ aggregate_id }) => aggregate_id === id).map(timesOf);
      expect(handled).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
    if (batchSize === 1) expect(Math.min(first.handled.length, second.handled.length)).toBeGreaterThan(50);
    await Promise.all([one.stop(), other.stop()]);
  });

  test('events that do not fit into a message are named, and no event of their batch is sent', async () => {
    const clock = bells();
    const reader = listener([clock.Rang]);
    await world.migrate(clock, [reader]);
    const { bus, stop } = await world.process();
    bus.consume(reader.consumer);
    const [small, large, misnamed] = [1, 2, 3].map((times) => ring(clock.Rang, { times }));
    if (!small || !large || !misnamed) throw new Error('The test needs three events');
    const batch = [
      small,
      { ...large, data: { text: 'x'.repeat(2_000_000) } },
      { ...misnamed, event_type: `${clock.Rang.subject}.*` },
    ];
    const reasons = await bus.publish(batch).then(
      () => null,
      (error: unknown) => (error instanceof UnpublishableEventsError ? error.reasons : null),
    );
    expect([...(reasons ?? [])]).toEqual([
      [large.event_id, expect.stringContaining('max_payload')],
      [misnamed.event_id, expect.stringContaining('must be <subgraph>.<aggregate>')],
    ]);
    await bus.publish([small]);
    await until(() => reader.handled.length > 0);
    expect(reader.handled.map(({ event_id }) => event_id)).toEqual([small.event_id]);
    await stop();
  });

  test('an event that a process was handling when it died goes to another process, before any later event', async () => {
    const clock = bells();
    const frozen = Promise.withResolvers<never>();
    const [dying, batched] = [listener([clock.Rang]), listener([clock.Rang], undefined, 10)];
    await world.migrate(clock, [dying, batched]);
    const [victim, heir] = [await world.process(), await world.process()];
    victim.bus.consume({ ...dying.consumer, handle: () => frozen.promise });
    victim.bus.consume({ ...batched.consumer, handle: () => frozen.promise });
    await heir.bus.publish([ring(clock.Rang, { times: 1 })]);
    await until(async () => (await pending(world, clock.publisher)) === 2);
    await victim.nats.connection.close();
    const buried = victim.bus.stop();
    const [single, batches] = [twin(dying), twin(batched)];
    heir.bus.consume(single.consumer);
    heir.bus.consume(batches.consumer);
    await heir.bus.publish([ring(clock.Rang, { times: 2 })]);
    await until(() => single.handled.length === 2 && batches.handled.length === 2);
    expect([single, batches].map(({ handled }) => handled.map(timesOf))).toEqual([
      [1, 2],
      [1, 2],
    ]);
    frozen.reject(new Error('the process is dead'));
    await buried;
    await heir.stop();
  });

  test('a consumer that was down catches up', async () => {
    const clock = bells();
    const late = listener([clock.Rang]);
    await world.migrate(clock, [late]);
    const { bus, stop } = await world.process();
    await bus.publish(Array.from({ length: 50 }, (_, times) => ring(clock.Rang, { times })));
    expect(late.handled).toEqual([]);
    bus.consume(late.consumer);
    await until(() => late.handled.length === 50);
    expect(late.handled.map(timesOf)).toEqual(Array.from({ length: 50 }, (_, times) => times));
    await stop();
  });

  test('while the server is away publishing fails at once; after its restart nothing is lost, doubled or out of order', async () => {
    const clock = bells();
    const [reader, feedReader] = [listener([clock.Rang]), listener([clock.Rang])];
    await world.migrate(clock, [reader]);
    const { bus, nats, stop } = await world.process({ feeds: [clock.Rang] });
    bus.consume(reader.consumer);
    bus.consume({ ...feedReader.consumer, everyProcess: true });
    await bus.ready();
    const feed = bus.feed(clock.Rang, { tenantId: TENANT, aggregateId: CLOCK });
    const firstOfFeed = feed.next();
    const events = Array.from({ length: 300 }, (_, times) => ring(clock.Rang, { times }));
    const [before, during, after] = [events.slice(0, 100), events.slice(100, 200), events.slice(200)];
    await bus.publish(before);
    await until(() => feedReader.handled.length > 0);

    const cutOff = bus.publish(during).then(
      () => null,
      (error: unknown) => error,
    );
    await world.server.kill();
    await until(() => !nats.isConnected);
    await expect(bus.publish(during)).rejects.toThrow('NATS is not connected');
    await world.server.start();
    await until(() => nats.isConnected);
    await cutOff;
    await until(() =>
      bus.publish(during).then(
        () => true,
        () => false,
      ),
    ); // as an outbox relay does
    await bus.publish(after);

    const everything = Array.from({ length: 300 }, (_, times) => times);
    // The set removes duplicates. When the server stops while an event is handled, it may deliver the event again, which the inbox of a
    // real consumer would skip.
    const handled = () => [...new Set(reader.handled.map(timesOf))];
    await until(() => handled().length >= 300 && feedReader.handled.length >= 300);
    expect(handled()).toEqual(everything);
    expect(feedReader.handled.map(timesOf)).toEqual(everything);
    const seen = [timesOf((await firstOfFeed).value.envelope)];
    while (seen.length < 300) seen.push(timesOf((await feed.next()).value.envelope));
    expect(seen).toEqual(everything);
    await feed.return?.();
    await stop();
  });

  test('an event that is published twice is stored once', async () => {
    const clock = bells();
    await world.migrate(clock, []);
    const { bus, stop } = await world.process();
    const events = [1, 2, 3].map((times) => ring(clock.Rang, { times }));
    await bus.publish(events.slice(0, 2));
    await bus.publish(events);
    const manager = await world.nats.connection.jetstreamManager();
    const { state } = await manager.streams.info(`SOUK_${clock.publisher.toUpperCase()}`);
    expect(state.messages).toBe(3);
    await stop();
  });

  test('processes that publish to one stream at the same time do not disturb each other', async () => {
    const clock = bells();
    const reader = listener([clock.Rang]);
    await world.migrate(clock, [reader]);
    const [one, other] = [await world.process(), await world.process()];
    one.bus.consume(reader.consumer);
    const aggregates = [randomUUID(), randomUUID()];
    const eventsOf = (aggregateId: string | undefined) =>
      Array.from({ length: 200 }, (_, times) => ring(clock.Rang, { times, ...(aggregateId && { aggregateId }) }));
    await Promise.all([one.bus.publish(eventsOf(aggregates[0])), other.bus.publish(eventsOf(aggregates[1]))]);
    await until(() => reader.handled.length === 400);
    for (const id of aggregates) {
      const handled = reader.handled.filter(({ aggregate_id }) => aggregate_id === id).map(timesOf);
      expect(handled).toEqual(Array.from({ length: 200 }, (_, times) => times));
    }
    await Promise.all([one.stop(), other.stop()]);
  });

  test('a batch that begins with a known event is stored, though another process published meanwhile', async () => {
    const clock = bells();
    const reader = listener([clock.Rang]);
    await world.migrate(clock, [reader]);
    const [one, other] = [await world.process(), await world.process()];
    one.bus.consume(reader.consumer);
    const [known, foreign, next] = [1, 2, 3].map((times) => ring(clock.Rang, { times }));
    if (!known || !foreign || !next) throw new Error('three events are made above');
    await one.bus.publish([known]);
    await other.bus.publish([foreign]);
    await one.bus.publish([known, next]);
    await until(() => reader.handled.length === 3);
    expect(new Set(reader.handled.map(timesOf))).toEqual(new Set([1, 2, 3]));
    await Promise.all([one.stop(), other.stop()]);
  });

  test('an aggregate that fails holds up no aggregate of another partition', async () => {
    const clock = bells();
    const [stuck, free] = twoAggregatesApart();
    const reader = listener([clock.Rang], ({ aggregate_id }) => {
      if (aggregate_id === stuck) throw new Error('stays');
    });
    await world.migrate(clock, [reader]);
    const { bus, stop } = await world.process({ retryDelaysMs: [60_000] });
    bus.consume(reader.consumer);
    await bus.publish([stuck, free].map((aggregateId) => ring(clock.Rang, { times: 1, aggregateId })));
    await until(() => reader.handled.length === 1);
    expect(reader.handled.map(({ aggregate_id }) => aggregate_id)).toEqual([free]);
    await stop();
  });

  test('a consumer with everyProcess receives all events in every process', async () => {
    const clock = bells();
    const [first, second] = [listener([clock.Rang, clock.Stopped]), listener([clock.Rang, clock.Stopped])];
    await world.migrate(clock, []);
    const [one, other] = [await world.process(), await world.process()];
    const readerOf = ({ consumer }: Listener) => ({ ...consumer, name: 'test.memory', everyProcess: true });
    one.bus.consume(readerOf(first));
    other.bus.consume(readerOf(second));
    await Promise.all([one.bus.ready(), other.bus.ready()]);
    await one.bus.publish([ring(clock.Rang, { times: 1 }), ring(clock.Stopped, { times: 2 })]);
    await until(() => first.handled.length === 2 && second.handled.length === 2);
    await Promise.all([one.stop(), other.stop()]);
    await until(async () => (await consumersOf(world, clock.publisher)) === 0);
  });

  test('a dead letter holds the event, the consumer and the error, and is replayed to that consumer alone', async () => {
    const clock = bells();
    let repaired = false;
    const failing = listener([clock.Rang], () => {
      if (!repaired) throw new Error('the shelf is missing');
    });
    const sound = listener([clock.Rang]);
    await world.migrate(clock, [failing, sound]);
    const { bus, stop } = await world.process();
    bus.consume(failing.consumer);
    bus.consume(sound.consumer);
    const event = ring(clock.Rang, { times: 1 });
    await bus.publish([event]);
    const letters = () => lettersOf(world, failing);
    const [letter] = await until(async () => (await letters()).length > 0 && (await letters()));
    expect(letter).toMatchObject({ consumer: failing.consumer.name, envelope: event });
    expect(letter?.error).toContain('the shelf is missing');
    if (!letter) return;
    expect(await world.deadLetters.find(letter.sequence)).toEqual(letter);

    await world.deadLetters.replay(letter); // the handler still fails, so the letter returns
    const [again] = await until(async () => {
      const found = (await letters()).filter(({ sequence }) => sequence !== letter.sequence);
      return found.length > 0 && found;
    });
    repaired = true;
    if (again) await world.deadLetters.replay(again);
    await until(() => failing.handled.length === 1);
    expect(await letters()).toEqual([]);
    expect(await world.deadLetters.find(letter.sequence)).toBeNull();
    expect(sound.handled).toEqual([event]);
    await stop();
  });

  test('an event that its publisher did not sign reaches no consumer and no feed; a signed one is replayed as it was signed', async () => {
    const clock = bells();
    const reader = listener([clock.Rang]);
    await world.migrate(clock, [reader]);
    const trustOf = (name: string) =>
      signedEvents({ keys: new MessageKeys(testKeys(name, [clock.publisher])), acceptsUnsigned: false });
    const publisher = await world.process({ trust: trustOf(clock.publisher) });
    const stranger = await world.process({ trust: trustOf('stranger') });
    const readers = await world.process({ trust: trustOf('readers'), feeds: [clock.Rang], retryDelaysMs: [] });
    readers.bus.consume(reader.consumer);
    const feed = readers.bus.feed(clock.Rang, { tenantId: TENANT });
    const shown = feed.next();
    const genuine = (times: number) => ({ ...ring(clock.Rang, { times }), source: clock.publisher });

    await stranger.bus.publish([genuine(1)]);
    await publisher.bus.publish([genuine(2)]);
    await until(() => reader.handled.length === 1);
    expect(reader.handled.map(timesOf)).toEqual([2]);
    expect((await shown).value).toMatchObject({ data: { times: 2 } });
    const [forged] = await lettersOf(world, reader);
    expect(forged?.error).toMatch(/refused: its signature does not match any known public key of "bell-/);
    if (!forged) throw new Error('a dead letter');
    await world.deadLetters.replay(forged);
    await until(async () => (await lettersOf(world, reader)).some(({ sequence }) => sequence > forged.sequence));
    expect(reader.handled.map(timesOf)).toEqual([2]);
    await feed.return?.();
  });

  test.each([1, 10])(
    'no altered copy of a signed event is handled, and none stops the consumer (batches of %i)',
    async (size) => {
      const clock = bells();
      const reader = listener([clock.Rang, clock.Stopped], undefined, size);
      await world.migrate(clock, [reader]);
      const trust = () =>
        signedEvents({ keys: new MessageKeys(testKeys(clock.publisher, [clock.publisher])), acceptsUnsigned: false });
      const publisher = await world.process({ trust: trust() });
      const readers = await world.process({ trust: trust(), retryDelaysMs: [] });
      const genuine = [1, 2, 3].map((times) => ({ ...ring(clock.Rang, { times }), source: clock.publisher }));
      await publisher.bus.publish(genuine);
      const manager = await world.nats.connection.jetstreamManager();
      const stored = await manager.streams.getMessage(`SOUK_${clock.publisher.toUpperCase()}`, { seq: 1 });
      const signature = stored.header.get(SIGNATURE_HEADER);
      const [original] = genuine;
      const alterations = [
        { ...original, data: { times: 4 } },
        { ...original, tenant_id: randomUUID() },
        { ...original, timestamp: '2031-01-01T00:00:00.000Z' },
        { ...original, event_type: clock.Stopped.subject },
        { ...original, event_type: clock.publisher },
        { ...original, source: 'stranger' },
      ];
      const send = (subject: string, body: unknown, header = signature) => {
        const head = headers();
        head.set(SIGNATURE_HEADER, header);
        return world.nats.jetstream.publish(subject, JSON.stringify(body), { headers: head });
      };
      for (const altered of alterations) await send(stored.subject, altered);
      await send(stored.subject, genuine[1]); // with the signature of the first event
      await send(stored.subject, genuine[0], signature.replace('0/3', '1/3'));
      // A signed event of one type must not be accepted under the subject of another type.
      await send(`souk.${clock.Stopped.subject}.v1.0`, original);
      const last = { ...ring(clock.Stopped, { times: 5 }), source: clock.publisher };
      await publisher.bus.publish([last]);

      readers.bus.consume(reader.consumer);
      await until(() => reader.handled.some((event) => timesOf(event) === 5));
      await until(async () => (await lettersOf(world, reader)).length === alterations.length + 2);
      const texts = (events: readonly EventEnvelope[]) => new Set(events.map((event) => JSON.stringify(event)));
      expect(texts(reader.handled)).toEqual(texts([...genuine, last]));
    },
  );

  test('a message that is not an event is parked unchanged', async () => {
    const clock = bells();
    const reader = listener([clock.Rang]);
    await world.migrate(clock, [reader]);
    const { bus, stop } = await world.process();
    bus.consume(reader.consumer);
    await world.nats.jetstream.publish(`souk.${clock.Rang.subject}.v1.0`, '{"not": "an event"}');
    const letters = () => lettersOf(world, reader);
    await until(async () => (await letters()).length === 1);
    expect(await letters()).toMatchObject([{ envelope: '{"not": "an event"}' }]);
    await stop();
  });
}

async function lettersOf(world: EventWorld, { consumer }: Listener): Promise<DeadLetter[]> {
  const letters: DeadLetter[] = [];
  for await (const letter of world.deadLetters.list({ consumer: consumer.name })) letters.push(letter);
  return letters;
}

function twoAggregatesApart(): [string, string] {
  const [first, ...others] = Array.from({ length: 100 }, () => randomUUID());
  const apart = others.find((id) => partitionOf(id, 16) !== partitionOf(first ?? '', 16));
  return [first ?? '', apart ?? ''];
}

async function consumersOf(world: EventWorld, publisher: string): Promise<number> {
  const manager = await world.nats.connection.jetstreamManager();
  return (await manager.streams.info(`SOUK_${publisher.toUpperCase()}`)).state.consumer_count;
}

/** The number of delivered events that are not acknowledged. */
async function pending(world: EventWorld, publisher: string): Promise<number> {
  const manager = await world.nats.connection.jetstreamManager();
  let count = 0;
  for await (const info of manager.consumers.list(`SOUK_${publisher.toUpperCase()}`)) count += info.num_ack_pending;
  return count;
}
