import type { EventDefinition, EventEnvelope } from '../contracts/index.ts';

/** A reader and its events. A broker must know both before the first event arrives. */
export interface EventReader {
  /** Unique: `<subgraph>.<what it does>`. The name identifies the position in the stream and the rows in the inbox. */
  readonly name: string;
  /** The events, each with the newest version that the reader understands. A newer event is parked, for a replay after an update. */
  readonly events: readonly Pick<EventDefinition, 'subject' | 'version'>[];
  /** Maximum number of events of one tenant in a batch. @default 1 */
  readonly batchSize?: number;
  /**
   * Whether every process receives all events from its start on. The bus keeps no event for a process that is down. Meant for state in memory.
   * @default false: the processes share the events
   */
  readonly everyProcess?: boolean;
}

/** A durable reader of events. Each event is delivered at least once, in order per aggregate. */
export interface EventConsumer extends EventReader {
  /**
   * Resolves when the effect is committed. The events belong to one tenant and are in order. A failed event is retried, then parked.
   * A failed batch is first delivered event by event, so its other events arrive.
   */
  handle(envelopes: readonly EventEnvelope[]): Promise<void>;
  /**
   * Called when events may have been lost before delivery, for instance with their stream. A process must then reload the state in memory
   * that it derived from the events. Only for a consumer with `everyProcess`.
   * @default nothing happens
   */
  missed?(): Promise<void>;
  /** Stores an event that failed every retry, for inspection and replay. Called by buses that have no place for dead letters. */
  park(envelope: EventEnvelope, error: unknown): Promise<void>;
}

/** The selection of events in a feed. */
export interface FeedFilter {
  readonly tenantId: string;
  /** Only events of this aggregate. @default all aggregates */
  readonly aggregateId?: string;
  /**
   * The position of the last event that the reader received before its feed broke. Later events come first, then a checkpoint with the
   * position at which the present begins. The feed throws a `PositionLostError` when the bus no longer remembers all later events.
   * @default only new events
   */
  readonly after?: string | undefined;
}

/** The events of a feed, with checkpoints between them. */
export interface Feed<Data> extends AsyncIterableIterator<FeedItem<Data> | FeedCheckpoint> {
  /** The position at which the feed begins. Missing for a resumed feed, and before the bus knows the positions of its broker. */
  readonly position?: string;
}

/** A checkpoint: the reader has all events up to this position. It keeps the position of a quiet reader from being forgotten. */
export interface FeedCheckpoint {
  readonly isCheckpoint: true;
  readonly position: string;
}

/** Delivers events from the outbox relays to consumers and feeds. */
export interface EventBus {
  /**
   * Resolves when the bus can no longer lose the events: in one process when every consumer has handled or parked them, with a broker when
   * the broker has stored them. The relay then deletes them. The order per aggregate holds from one call to the next.
   * @throws UnpublishableEventsError when the bus can never take some of the events; it has taken none of this call. Any other error is an
   * outage: the relay publishes the same events again.
   */
  publish(envelopes: readonly EventEnvelope[]): Promise<void>;
  consume(consumer: EventConsumer): void;
  /**
   * The events from now on, for a subscription: all events published after the first `next`, and possibly some that were already in transit.
   * Not durable: the feed ends with its reader.
   */
  feed<Data>(definition: EventDefinition<Data>, filter: FeedFilter): Feed<Data>;
}

export interface FeedItem<Data> {
  readonly envelope: EventEnvelope;
  readonly data: Data;
  /** The position to resume after. See `FeedFilter.after`. */
  readonly position?: string;
}

/** Thrown by `publish` for events that the bus can never take, for instance because they exceed the maximum size of a message. */
export class UnpublishableEventsError extends Error {
  /** The reason for each refused event, by event id. */
  readonly reasons: ReadonlyMap<string, string>;

  constructor(reasons: ReadonlyMap<string, string>) {
    super(`The bus can never take ${[...reasons].map(([id, reason]) => `event ${id} (${reason})`).join(', ')}`);
    this.name = 'UnpublishableEventsError';
    this.reasons = reasons;
  }
}

/** The reason to park an event without a try: its publisher was updated before its consumer. */
export class UnknownVersionError extends Error {
  constructor(consumer: string, { event_type, version }: EventEnvelope, newest: number) {
    super(
      `${event_type} has version ${version}, but ${consumer} knows versions up to ${newest}. Update the consumer, then replay the event`,
    );
    this.name = 'UnknownVersionError';
  }
}

/** Whether a reader wants an event and can read it. Null: the event is not one of the reader's events. */
export function readable(reader: EventReader, envelope: EventEnvelope): true | UnknownVersionError | null {
  const known = reader.events.filter(({ subject }) => subject === envelope.event_type);
  if (known.length === 0) return null;
  const newest = Math.max(...known.map(({ version }) => version));
  return envelope.version <= newest || new UnknownVersionError(reader.name, envelope, newest);
}
