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
import type { ReaderParts } from './reader-parts.ts';
import { aborted, pause, ReadingLoop } from './reading-loop.ts';
import { filterOf, publisherOf, streamOf } from './subjects.ts';
import { UNSIGNED_EVENTS, type EventTrust } from './trust/event-trust.ts';
import { isBatched, readingsOf, replayReading, streamsOf } from './topology.ts';

export interface NatsEventBusOptions {
  /** Stays the caller's to close, after `stop`. */
  readonly nats: Nats;
  /** How events are signed and checked. Default: unsigned, for a NATS that only this process can reach. */
  readonly trust?: EventTrust;
  /** Waits before each retry of a failed consumer. Default 1, 2, 4, 8 and 16 s; then the event goes to the dead letters. */
  readonly retryDelaysMs?: readonly number[];
  /**
   * The events that `feed` is asked for. Those are read from the start, so that a feed has everything from its first `next` on;
   * the first feed of another event begins a moment later.
   */
  readonly feeds?: readonly EventDefinition[];
  /** Told of every failed attempt; of trouble with a stream itself without an event. */
  readonly onError: (error: unknown, consumer: string, envelope: EventEnvelope | null) => void;
  /**
   * Called when NATS stops storing events, because its disk or its limit is full or it does not answer, and when it stores again.
   * @default nothing is called
   */
  readonly onStoring?: (isStoring: boolean, error: unknown) => void;
}

/**
 * The bus of many processes, on JetStream. `migrateTopology` has made its streams and consumers. An event that `publish` was
 * acknowledged for survives a restart of the server; it reaches each consumer at least once, and each feed that is open.
 */
export class NatsEventBus implements EventBus {
  readonly #parts: ReaderParts;
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
    this.#parts = { nats, trust, deadLetters: new DeadLetters(nats), retryDelaysMs: delays, onError };
    this.#partitions = new Partitions(nats);
    this.#store = new EventStoreWatch(onStoring);
    this.#publisher = new EventPublisher(nats, this.#partitions, trust, this.#store);
    for (const definition of feeds ?? []) this.#openTail(definition.subject);
  }

  /** How many feeds are open in this process. */
  get feedCount(): number {
    return this.#feeds.count;
  }

  /** Whether NATS stored the last events that it was given. For metrics. */
  get isStoring(): boolean {
    return this.#store.isStoring;
  }

  /**
   * Resolves when `feeds`, and consumers that want the events in every process, miss nothing any more that is published. Waits for
   * the streams to be there.
   */
  async ready(): Promise<void> {
    const tails = [...this.#readers, ...this.#tails.values()].filter((reader) => reader instanceof EventTail);
    await Promise.all(tails.map((tail) => tail.opened()));
  }

  publish(envelopes: readonly EventEnvelope[]): Promise<void> {
    return this.#publisher.publish(envelopes);
  }

  /** Begins to read at once. */
  consume(consumer: EventConsumer): void {
    this.#readers.push(...(consumer.everyProcess ? this.#tailsOf(consumer) : this.#sharedReadersOf(consumer)));
  }

  feed<Data>(definition: EventDefinition<Data>, filter: FeedFilter): Feed<Data> {
    if (!this.#tails.has(definition.subject)) this.#openTail(definition.subject);
    return this.#feeds.open(definition, filter);
  }

  /** Ends consumers and feeds. Resolves when the events in hand are handled; the others go to other processes. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all([...this.#readers, ...this.#tails.values()].map((reader) => reader.stop()));
    this.#partitions.stop();
  }

  #openTail(subject: string): void {
    const { nats, trust, onError } = this.#parts;
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
    return [this.#partitionsOf(consumer), partitionReader(this.#parts, consumer, replayReading(consumer.name))];
  }

  /** Readers of all partitions, once the streams have told how many there are. */
  #partitionsOf(consumer: EventConsumer): ReadingLoop {
    const reader = isBatched(consumer) ? batchReader : partitionReader;
    return new ReadingLoop(
      async (stopping) => {
        const streams = isBatched(consumer) ? [] : streamsOf(consumer);
        const counts = new Map(
          await Promise.all(streams.map(async (stream) => [stream, await this.#partitions.of(stream)] as const)),
        );
        const readings = readingsOf(consumer, (stream) => counts.get(stream) ?? 0);
        const readers = readings.map((reading) => reader(this.#parts, consumer, reading));
        await aborted(stopping);
        await Promise.all(readers.map((each) => each.stop()));
      },
      (error) => this.#parts.onError(error, consumer.name, null),
    );
  }

  #tailsOf(consumer: EventConsumer): EventTail[] {
    const { nats, trust, onError } = this.#parts;
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

  /** There is no dead letter of what only this process missed. */
  async #handleHere(consumer: EventConsumer, envelope: EventEnvelope): Promise<void> {
    const verdict = readable(consumer, envelope);
    if (verdict === null) return;
    const delays = verdict === true ? [...this.#parts.retryDelaysMs] : [];
    for (let failure: unknown = verdict; ;) {
      try {
        if (verdict === true) return await consumer.handle([envelope]);
      } catch (error) {
        failure = error;
      }
      this.#parts.onError(failure, consumer.name, envelope);
      const delay = delays.shift();
      if (delay === undefined) return consumer.park(envelope, failure);
      await pause(delay, this.#stopping.signal);
      if (this.#stopping.signal.aborted) return;
    }
  }
}
