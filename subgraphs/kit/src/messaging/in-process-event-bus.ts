import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { EventDefinition, EventEnvelope } from '../contracts/index.ts';
import { readable, type EventBus, type EventConsumer, type Feed, type FeedFilter } from './event-bus.ts';
import { EventFeeds, REMEMBERED_EVENTS } from './event-feeds.ts';

export interface InProcessEventBusOptions {
  /**
   * The delays before the retries of a failed consumer, in milliseconds. Together they are longer than a deadlock or a restart of Postgres
   * takes.
   * @default 50, 250 and 1000
   */
  readonly retryDelaysMs?: readonly number[];
  /** Called for every failed attempt. */
  readonly onError: (error: unknown, consumer: string, envelope: EventEnvelope) => void;
}

/** The event bus of one process. Delivery is at least once, because the relay keeps an event until `publish` resolves. */
export class InProcessEventBus implements EventBus {
  readonly #options: InProcessEventBusOptions;
  readonly #consumers = new Map<string, EventConsumer>();
  readonly #feeds = new EventFeeds();
  /** The epoch of positions. It is new in every process, because the events of an earlier process are not in memory. */
  readonly #epoch = randomBytes(8).toString('hex');
  #published = 0;
  /**
   * The ids of delivered events. The relay publishes an event again when its deletion from the outbox failed, but feeds receive each event
   * once.
   */
  readonly #deliveredIds = new LRUCache<string, true>({ max: REMEMBERED_EVENTS });

  constructor(options: InProcessEventBusOptions) {
    this.#options = options;
  }

  get feedCount(): number {
    return this.#feeds.count;
  }

  consume(consumer: EventConsumer): void {
    if (this.#consumers.has(consumer.name))
      throw new Error(`Two consumers have the name "${consumer.name}". Give each consumer its own name`);
    this.#consumers.set(consumer.name, consumer);
  }

  async publish(envelopes: readonly EventEnvelope[]): Promise<void> {
    // Feeds get the events before the consumers do, because a status on a screen must not wait for the slowest consumer.
    for (const envelope of envelopes) this.#deliverToFeeds(envelope);
    await Promise.all([...this.#consumers.values()].map((consumer) => this.#deliver(consumer, envelopes)));
  }

  feed<Data>(definition: EventDefinition<Data>, filter: FeedFilter): Feed<Data> {
    const { subject } = definition;
    this.#feeds.begin(subject, { epoch: this.#epoch, last: this.#published, knownAfter: this.#published });
    this.#feeds.caughtUp(subject);
    return this.#feeds.open(definition, filter);
  }

  #deliverToFeeds(envelope: EventEnvelope): void {
    if (this.#deliveredIds.has(envelope.event_id)) return;
    this.#deliveredIds.set(envelope.event_id, true);
    this.#published += 1;
    this.#feeds.deliver(envelope, { sequence: this.#published, isPast: false });
  }

  async #deliver(consumer: EventConsumer, envelopes: readonly EventEnvelope[]): Promise<void> {
    const wanted = await this.#readable(consumer, envelopes);
    const batchSize = consumer.batchSize ?? 1;
    // Without batches, the events of different aggregates do not wait for each other. A batch keeps the order of all events of its tenant.
    const lanes = Map.groupBy(wanted, (each) => (batchSize > 1 ? each.tenant_id : each.aggregate_id));
    await Promise.all(
      [...lanes.values()].map(async (lane) => {
        for (let start = 0; start < lane.length; start += batchSize) {
          await this.#deliverBatch(consumer, lane.slice(start, start + batchSize));
        }
      }),
    );
  }

  async #readable(consumer: EventConsumer, envelopes: readonly EventEnvelope[]): Promise<EventEnvelope[]> {
    const wanted: EventEnvelope[] = [];
    for (const envelope of envelopes) {
      const verdict = readable(consumer, envelope);
      if (verdict === true) wanted.push(envelope);
      else if (verdict) await consumer.park(envelope, verdict);
    }
    return wanted;
  }

  async #deliverBatch(consumer: EventConsumer, batch: readonly EventEnvelope[]): Promise<void> {
    const [first, ...others] = batch;
    if (!first) return;
    if (others.length === 0) return this.#deliverOne(consumer, first);
    try {
      await consumer.handle(batch);
    } catch (error) {
      this.#options.onError(error, consumer.name, first);
      for (const envelope of batch) await this.#deliverOne(consumer, envelope);
    }
  }

  async #deliverOne(consumer: EventConsumer, envelope: EventEnvelope): Promise<void> {
    const delays = [...(this.#options.retryDelaysMs ?? [50, 250, 1000])];
    for (;;) {
      try {
        return await consumer.handle([envelope]);
      } catch (error) {
        this.#options.onError(error, consumer.name, envelope);
        const delay = delays.shift();
        if (delay === undefined) return consumer.park(envelope, error);
        await sleep(delay);
      }
    }
  }
}
