import { Repeater, SlidingBuffer } from '@repeaterjs/repeater';
import type { EventDefinition, EventEnvelope } from '../contracts/index.ts';
import type { FeedFilter, FeedItem } from './event-bus.ts';

type Listener = (envelope: EventEnvelope) => void;

/** How many events a feed holds for a reader that is behind; then the oldest go. */
const FEED_BUFFER = 1000;

/** The feeds that are open in this process. An event finds its readers by its keys, however many feeds there are. */
export class EventFeeds {
  readonly #listeners = new Map<string, Set<Listener>>();

  /** How many feeds are open. */
  get count(): number {
    return this.#listeners.values().reduce((count, listeners) => count + listeners.size, 0);
  }

  /** Hands an event to those who read it. */
  tell(envelope: EventEnvelope): void {
    const { event_type, tenant_id, aggregate_id } = envelope;
    for (const aggregateId of [aggregate_id, undefined]) {
      for (const listener of this.#listeners.get(keyOf(event_type, tenant_id, aggregateId)) ?? []) listener(envelope);
    }
  }

  /** Is open from its first `next` until its `return`. */
  open<Data>(
    definition: EventDefinition<Data>,
    { tenantId, aggregateId }: FeedFilter,
  ): AsyncIterableIterator<FeedItem<Data>> {
    const key = keyOf(definition.subject, tenantId, aggregateId);
    // A Repeater, not a generator: a generator that waits inside `next` ignores `return` and leaks its listener.
    return new Repeater<FeedItem<Data>>(async (push, stop) => {
      const listener: Listener = (envelope) => {
        const data = definition.payload.safeParse(envelope.data);
        if (data.success) void push({ envelope, data: data.data });
      };
      const listeners = this.#listeners.get(key) ?? new Set();
      this.#listeners.set(key, listeners.add(listener));
      await stop;
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(key);
    }, new SlidingBuffer(FEED_BUFFER)) as AsyncIterableIterator<FeedItem<Data>>; // Repeater's `return` also takes a promise
  }
}

function keyOf(subject: string, tenantId: string, aggregateId: string | undefined): string {
  return `${subject} ${tenantId} ${aggregateId ?? '*'}`;
}
