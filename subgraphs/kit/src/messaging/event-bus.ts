import type { EventDefinition, EventEnvelope } from '../contracts/index.ts';

/** A durable reader of events: each event reaches it at least once, in order per aggregate. */
export interface EventConsumer {
  /** Unique; `<subgraph>.<what it does>`. Names its rows in the inbox. */
  readonly name: string;
  readonly subjects: readonly string[];
  /** How many events of one tenant it takes at once. Default 1. */
  readonly batchSize?: number;
  /**
   * Resolves when the effect is committed. The events are of one tenant, in order. A throw is retried, then the event is parked; a
   * batch that throws is taken apart first, so that its other events arrive.
   */
  handle(envelopes: readonly EventEnvelope[]): Promise<void>;
  /** Keeps an event that failed every retry, so that it can be looked at and replayed. */
  park(envelope: EventEnvelope, error: unknown): Promise<void>;
}

/** What a feed lets through. */
export interface FeedFilter {
  readonly tenantId: string;
  /** Only the events of this aggregate; without it, of all. */
  readonly aggregateId?: string;
}

/** Carries events from the outbox relays to consumers and feeds. */
export interface EventBus {
  /** Resolves when every consumer has handled or parked the events: the relay then forgets them. */
  publish(envelopes: readonly EventEnvelope[]): Promise<void>;
  consume(consumer: EventConsumer): void;
  /** The events from now on, for a subscription. Not durable: it ends with its reader, and misses what came before. */
  feed<Data>(definition: EventDefinition<Data>, filter: FeedFilter): AsyncIterableIterator<FeedItem<Data>>;
}

export interface FeedItem<Data> {
  readonly envelope: EventEnvelope;
  readonly data: Data;
}
