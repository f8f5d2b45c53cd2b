import { Repeater, SlidingBuffer } from '@repeaterjs/repeater';
import type { EventDefinition, EventEnvelope } from '../contracts/index.ts';
import type { Feed, FeedFilter, FeedItem } from './event-bus.ts';
import { RecentEvents } from './recent-events.ts';

type Listener = (envelope: EventEnvelope, sequence: number | undefined) => void;

/** Where an event stands among all of its kind. */
export interface EventPosition {
  /** Grows from event to event. */
  readonly sequence: number;
  /** Whether it was published before this process began to read: it is remembered, and told to nobody. */
  readonly isPast: boolean;
}

/** How many events of a kind are remembered, at least, for readers whose feed broke. */
export const REMEMBERED_EVENTS = 2000;

/** How many events a feed holds for a reader that is behind; then the oldest go. All that a resumed one has missed. */
const FEED_BUFFER = 2 * REMEMBERED_EVENTS;

/** The feeds that are open in this process. An event finds its readers by its keys, however many feeds there are. */
export class EventFeeds {
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #recent = new Map<string, RecentEvents>();

  /** How many feeds are open. */
  get count(): number {
    return this.#listeners.values().reduce((count, listeners) => count + listeners.size, 0);
  }

  /** The events of this kind have positions, and the present begins after this one. */
  begin(subject: string, sequence: number): void {
    this.#recent.set(subject, new RecentEvents(REMEMBERED_EVENTS, sequence));
  }

  /** Hands an event to those who read it. */
  tell(envelope: EventEnvelope, position?: EventPosition): void {
    const { event_type, tenant_id, aggregate_id } = envelope;
    if (position) this.#recent.get(event_type)?.add(position.sequence, envelope);
    if (position?.isPast) return;
    for (const aggregateId of [aggregate_id, undefined]) {
      for (const listener of this.#listeners.get(keyOf(event_type, tenant_id, aggregateId)) ?? []) {
        listener(envelope, position?.sequence);
      }
    }
  }

  /** Is open from its first `next` until its `return`; on a bus with positions it has everything since this call. */
  open<Data>(definition: EventDefinition<Data>, filter: FeedFilter): Feed<Data> {
    const { subject } = definition;
    const { tenantId, aggregateId, after } = filter;
    const key = keyOf(subject, tenantId, aggregateId);
    const position = after ?? this.#recent.get(subject)?.last;
    // A Repeater, not a generator: a generator that waits inside `next` ignores `return` and leaks its listener.
    const items = new Repeater<FeedItem<Data>>(async (push, stop) => {
      const listener: Listener = (envelope, sequence) => {
        const data = definition.payload.safeParse(envelope.data);
        if (!data.success) return;
        void push({ envelope, data: data.data, ...(sequence !== undefined && { position: String(sequence) }) });
      };
      for (const missed of this.#recent.get(subject)?.after(position, filter) ?? []) {
        listener(missed.envelope, missed.sequence);
      }
      const listeners = this.#listeners.get(key) ?? new Set();
      this.#listeners.set(key, listeners.add(listener));
      await stop;
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(key);
    }, new SlidingBuffer(FEED_BUFFER)) as AsyncIterableIterator<FeedItem<Data>>; // Repeater's `return` also takes a promise
    return position === undefined ? items : Object.assign(items, { position });
  }
}

function keyOf(subject: string, tenantId: string, aggregateId: string | undefined): string {
  return `${subject} ${tenantId} ${aggregateId ?? '*'}`;
}
