import { setTimeout as sleep } from 'node:timers/promises';
import { Repeater, SlidingBuffer } from '@repeaterjs/repeater';
import type { EventDefinition, EventEnvelope } from '../contracts/index.ts';
import type { EventBus, EventConsumer, FeedFilter, FeedItem } from './event-bus.ts';

export interface InProcessEventBusOptions {
  /** Waits before each retry of a failed consumer. Default 50, 250 and 1000 ms: a deadlock or a restart of Postgres passes, a bug does not. */
  readonly retryDelaysMs?: readonly number[];
  /** Told of every failed attempt. */
  readonly onError: (error: unknown, consumer: string, envelope: EventEnvelope) => void;
}

type Listener = (envelope: EventEnvelope) => void;

/** How many events a feed holds for a reader that is behind; then the oldest go. */
const FEED_BUFFER = 1000;

/** The bus of one process. Delivery is at least once because the relay keeps an event until `publish` resolves. */
export class InProcessEventBus implements EventBus {
  readonly #options: InProcessEventBusOptions;
  readonly #consumers = new Map<string, EventConsumer>();
  readonly #listeners = new Map<string, Set<Listener>>();

  constructor(options: InProcessEventBusOptions) {
    this.#options = options;
  }

  /** How many feeds are open. */
  get feedCount(): number {
    return [...this.#listeners.values()].reduce((count, listeners) => count + listeners.size, 0);
  }

  consume(consumer: EventConsumer): void {
    if (this.#consumers.has(consumer.name)) throw new Error(`Two consumers are called ${consumer.name}`);
    this.#consumers.set(consumer.name, consumer);
  }

  async publish(envelopes: readonly EventEnvelope[]): Promise<void> {
    // Feeds first: a status on a screen need not wait for the slowest consumer.
    for (const envelope of envelopes) {
      for (const listener of this.#listeners.get(envelope.event_type) ?? []) listener(envelope);
    }
    await Promise.all([...this.#consumers.values()].map((consumer) => this.#deliver(consumer, envelopes)));
  }

  feed<Data>(definition: EventDefinition<Data>, filter: FeedFilter): AsyncIterableIterator<FeedItem<Data>> {
    // A Repeater, not a generator: a generator that waits inside `next` ignores `return` and leaks its listener.
    return new Repeater<FeedItem<Data>>(async (push, stop) => {
      const listener: Listener = (envelope) => {
        if (!passes(envelope, filter)) return;
        void push({ envelope, data: definition.payload.parse(envelope.data) });
      };
      const listeners = this.#listeners.get(definition.subject) ?? new Set();
      this.#listeners.set(definition.subject, listeners.add(listener));
      await stop;
      listeners.delete(listener);
    }, new SlidingBuffer(FEED_BUFFER)) as AsyncIterableIterator<FeedItem<Data>>; // Repeater's `return` also takes a promise
  }

  async #deliver(consumer: EventConsumer, envelopes: readonly EventEnvelope[]): Promise<void> {
    const wanted = envelopes.filter(({ event_type }) => consumer.subjects.includes(event_type));
    const batchSize = consumer.batchSize ?? 1;
    // One by one, aggregates need not wait for each other; a batch keeps the order of its whole tenant.
    const lanes = Map.groupBy(wanted, (each) => (batchSize > 1 ? each.tenant_id : each.aggregate_id));
    await Promise.all(
      [...lanes.values()].map(async (lane) => {
        for (let start = 0; start < lane.length; start += batchSize) {
          await this.#deliverBatch(consumer, lane.slice(start, start + batchSize));
        }
      }),
    );
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

function passes(envelope: EventEnvelope, { tenantId, aggregateId }: FeedFilter): boolean {
  return envelope.tenant_id === tenantId && (aggregateId === undefined || envelope.aggregate_id === aggregateId);
}
