import type { EventDefinition, EventEnvelope } from '@souk/kit/contracts';
import {
  EventFeeds,
  REMEMBERED_EVENTS,
  readable,
  type EventBus,
  type EventConsumer,
  type Feed,
  type FeedFilter,
} from '@souk/kit/messaging';
import { batchReader } from './batch-reader.ts';
import { DeadLetters } from './dead-letters.ts';
import { EventPublisher } from './event-publisher.ts';
import { EventStoreWatch } from './event-store-watch.ts';
import { EventTail } from './event-tail.ts';
import type { Nats } from './nats.ts';
import { partitionReader } from './partition-reader.ts';
import { Partitions } from './partitions.ts';
import type { ReaderDependencies } from './reader-dependencies.ts';
import { aborted, pause, ReadingLoop } from './reading-loop.ts';
import { filterOf, publisherOf, streamOf } from './subjects.ts';
import { UNSIGNED_EVENTS, type EventTrust } from './trust/event-trust.ts';
import { isBatched, readingsOf, replayReading, streamsOf } from './topology.ts';

export interface NatsEventBusOptions {
  /** The connection to NATS. The caller closes it after `stop`. */
  readonly nats: Nats;
  /** Signs and verifies events. @default events are not signed, for a NATS that only this process can reach */
  readonly trust?: EventTrust;
  /** Delays before the retries of a failed consumer, in ms. After the last retry the event is parked. @default 1, 2, 4, 8 and 16 s */
  readonly retryDelaysMs?: readonly number[];
  /**
   * The events that `feed` serves. The process reads these events from its start, so their feeds are complete from the first `next` on. For
   * any other event, reading begins with the first feed, which may miss events for a moment.
   */
  readonly feeds?: readonly EventDefinition[];
  /** Called for every failed attempt. The envelope is null when the stream itself cannot be read. */
  readonly onError: (error: unknown, consumer: string, envelope: EventEnvelope | null) => void;
  /**
   * Called when NATS stops storing events, because its disk is full, a storage limit is reached, or NATS does not
   * answer. Called again when NATS stores events again.
   * @default no call
   */
  readonly onStoring?: (isStoring: boolean, error: unknown) => void;
}

/**
 * The event bus between processes, on JetStream. `migrateTopology` must have created its streams and consumers. An event that NATS has
 * acknowledged survives a restart of the server. The event reaches each consumer at least once, and each open feed.
 */
export class NatsEventBus implements EventBus {
  readonly #dependencies: ReaderDependencies;
  readonly #partitions: Partitions;
  readonly #publisher: EventPublisher;
  readonly #store: EventStoreWatch;
  readonly #feeds = new EventFeeds();
  readonly #tails = new Map<string, EventTail>();
  readonly #readers: (ReadingLoop | EventTail)[] = [];
  readonly #stopping = new AbortController();

  constructor(options: NatsEventBusOptions) {
    const { nats, trust = UNSIGNED_EVENTS, retryDelaysMs, feeds, onError, onStoring = () => undefined } = options;
    const delays = retryDelaysMs ?? [1000, 2000, 4000, 8000, 16_000];
    this.#dependencies = { nats, trust, deadLetters: new DeadLetters(nats), retryDelaysMs: delays, onError };
    this.#partitions = new Partitions(nats);
    this.#store = new EventStoreWatch(onStoring);
    this.#publisher = new EventPublisher(nats, this.#partitions, trust, this.#store);
    for (const definition of feeds ?? []) this.#openTail(definition.subject);
  }

  get feedCount(): number {
    return this.#feeds.count;
  }

  /** Whether NATS stored the most recently published events. For metrics. */
  get isStoring(): boolean {
    return this.#store.isStoring;
  }

  /**
   * Resolves when feeds and consumers with `everyProcess` will receive every event that is published from then on. Waits until the streams
   * exist.
   */
  async ready(): Promise<void> {
    const tails = [...this.#readers, ...this.#tails.values()].filter((reader) => reader instanceof EventTail);
    await Promise.all(tails.map((tail) => tail.opened()));
  }

  publish(envelopes: readonly EventEnvelope[]): Promise<void> {
    return this.#publisher.publish(envelopes);
  }

  /** Starts the consumer immediately. */
  consume(consumer: EventConsumer): void {
    this.#readers.push(...(consumer.everyProcess ? this.#tailsOf(consumer) : this.#sharedReadersOf(consumer)));
  }

  feed<Data>(definition: EventDefinition<Data>, filter: FeedFilter): Feed<Data> {
    if (!this.#tails.has(definition.subject)) this.#openTail(definition.subject);
    return this.#feeds.open(definition, filter);
  }

  /** Ends consumers and feeds. Resolves when the running handlers have ended. The server delivers all other events to other processes. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all([...this.#readers, ...this.#tails.values()].map((reader) => reader.stop()));
    this.#partitions.stop();
  }

  #openTail(subject: string): void {
    const { nats, trust, onError } = this.#dependencies;
    this.#tails.set(
      subject,
      new EventTail({
        nats,
        trust,
        stream: streamOf(publisherOf(subject)),
        filter: filterOf([subject], null),
        lookBack: REMEMBERED_EVENTS,
        begun: (start) => this.#feeds.begin(subject, start),
        caughtUp: () => this.#feeds.caughtUp(subject),
        receive: (envelope, position) => this.#feeds.deliver(envelope, position),
        onError: (error) => onError(error, `feed of ${subject}`, null),
      }),
    );
  }

  #sharedReadersOf(consumer: EventConsumer): ReadingLoop[] {
    return [this.#partitionsOf(consumer), partitionReader(this.#dependencies, consumer, replayReading(consumer.name))];
  }

  /** Creates the readers of all partitions. The readers start when the number of partitions is known. */
  #partitionsOf(consumer: EventConsumer): ReadingLoop {
    const reader = isBatched(consumer) ? batchReader : partitionReader;
    return new ReadingLoop(
      async (stopping) => {
        const streams = isBatched(consumer) ? [] : streamsOf(consumer);
        const counts = new Map(
          await Promise.all(streams.map(async (stream) => [stream, await this.#partitions.of(stream)] as const)),
        );
        const readings = readingsOf(consumer, (stream) => counts.get(stream) ?? 0);
        const readers = readings.map((reading) => reader(this.#dependencies, consumer, reading));
        await aborted(stopping);
        await Promise.all(readers.map((each) => each.stop()));
      },
      (error) => this.#dependencies.onError(error, consumer.name, null),
    );
  }

  #tailsOf(consumer: EventConsumer): EventTail[] {
    const { nats, trust, onError } = this.#dependencies;
    const publishers = Map.groupBy(
      consumer.events.map(({ subject }) => subject),
      publisherOf,
    );
    return [...publishers].map(
      ([publisher, subjects]) =>
        new EventTail({
          nats,
          trust,
          stream: streamOf(publisher),
          filter: filterOf(subjects, null),
          receive: (envelope) => this.#handleHere(consumer, envelope),
          replaced: async () => consumer.missed?.(),
          onError: (error) => onError(error, consumer.name, null),
        }),
    );
  }

  /**
   * Retries an event of a consumer with `everyProcess`. A failed event does not become a dead letter, because only this process missed it.
   */
  async #handleHere(consumer: EventConsumer, envelope: EventEnvelope): Promise<void> {
    const verdict = readable(consumer, envelope);
    if (verdict === null) return;
    const delays = verdict === true ? [...this.#dependencies.retryDelaysMs] : [];
    for (let failure: unknown = verdict; ;) {
      try {
        if (verdict === true) return await consumer.handle([envelope]);
      } catch (error) {
        failure = error;
      }
      this.#dependencies.onError(failure, consumer.name, envelope);
      const delay = delays.shift();
      if (delay === undefined) return consumer.park(envelope, failure);
      await pause(delay, this.#stopping.signal);
      if (this.#stopping.signal.aborted) return;
    }
  }
}
