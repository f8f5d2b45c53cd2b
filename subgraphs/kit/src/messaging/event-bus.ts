import type { EventDefinition, EventEnvelope } from '../contracts/index.ts';

/** The name of a reader, and the events that it reads. A broker must be configured with them before the first event arrives. */
export interface EventReader {
  /** The unique name, `<subgraph>.<what it does>`. The name identifies the position in the stream and the rows in the inbox. */
  readonly name: string;
  /**
   * The events, each with the newest version that the reader understands. An event with a newer version is parked, and can be replayed
   * after an update of the reader.
   */
  readonly events: readonly Pick<EventDefinition, 'subject' | 'version'>[];
  /** Maximum number of events of one tenant in a batch. @default 1 */
  readonly batchSize?: number;
  /**
   * Whether every process receives all events that are published after its start. The bus does not keep events for a process that is down.
   * Meant for state in memory.
   * @default false: the processes share the events
   */
  readonly everyProcess?: boolean;
}

/** A durable reader of events. Each event is delivered at least once, in order per aggregate. */
export interface EventConsumer extends EventReader {
  /**
   * Processes events. Resolves when the effect is committed. The events belong to one tenant and are in order. A failed event is retried,
   * then parked. After a failed batch the events are delivered one by one, so that only the failing events are parked.
   */
  handle(envelopes: readonly EventEnvelope[]): Promise<void>;
  /**
   * Called when events may have been lost before delivery, for instance because their stream was deleted. The consumer must then reload its
   * state in memory. Only for a consumer with `everyProcess`.
   * @default nothing happens
   */
  missed?(): Promise<void>;
  /** Stores an event that failed every retry, for inspection and replay. A bus without its own dead letter queue calls this method. */
  park(envelope: EventEnvelope, error: unknown): Promise<void>;
}

/** The selection of events in a feed. */
export interface FeedFilter {
  readonly tenantId: string;
  /** The aggregate whose events the feed contains. @default all aggregates */
  readonly aggregateId?: string;
  /**
   * The position of the last event that the reader received before its feed broke. The feed delivers the later events first, then a
   * checkpoint at the current position. The feed throws a `PositionLostError` when the bus has already discarded some of the later events.
   * @default only new events
   */
  readonly after?: string | undefined;
}

/** The events of a feed, and checkpoints between the events. */
export interface Feed<Data> extends AsyncIterableIterator<FeedItem<Data> | FeedCheckpoint> {
  /**
   * The position at which the feed begins. Undefined in a resumed feed, and until the bus has read the current position from its broker.
   */
  readonly position?: string;
}

/**
 * A checkpoint: the reader has received all events up to this position. Without checkpoints, a reader of few events would keep an old
 * position, from which it could no longer resume.
 */
export interface FeedCheckpoint {
  readonly isCheckpoint: true;
  readonly position: string;
}

/** Delivers the events of the outbox relays to consumers and feeds. */
export interface EventBus {
  /**
   * Publishes events. Resolves when the bus can no longer lose them. Without a broker, every consumer has then handled or parked the
   * events. With a broker, the broker has stored them. The relay then deletes the events from the outbox. Events of one aggregate keep
   * their order from one call to the next.
   * @throws UnpublishableEventsError when the bus can never accept some of the events. In that case the bus has accepted none of the
   * events. Any other error is an outage, after which the relay publishes the same events again.
   */
  publish(envelopes: readonly EventEnvelope[]): Promise<void>;
  consume(consumer: EventConsumer): void;
  /**
   * The events that are published from now on, for a subscription. The feed contains all events that are published after the first `next`,
   * and possibly events that were already in transit. A feed is not durable: it ends with its reader.
   */
  feed<Data>(definition: EventDefinition<Data>, filter: FeedFilter): Feed<Data>;
}

export interface FeedItem<Data> {
  readonly envelope: EventEnvelope;
  readonly data: Data;
  /** The position after which a feed can resume. See `FeedFilter.after`. */
  readonly position?: string;
}

/** Thrown by `publish` for events that the bus can never accept, for instance because they exceed the maximum size of a message. */
export class UnpublishableEventsError extends Error {
  /** The reason for each refused event, by event id. */
  readonly reasons: ReadonlyMap<string, string>;

  constructor(reasons: ReadonlyMap<string, string>) {
    super(`The bus can never take ${[...reasons].map(([id, reason]) => `event ${id} (${reason})`).join(', ')}`);
    this.name = 'UnpublishableEventsError';
    this.reasons = reasons;
  }
}

/**
 * The reason for parking an event immediately, without a retry. The event's publisher was updated before its consumer, which cannot read
 * the newer version.
 */
export class UnknownVersionError extends Error {
  constructor(consumer: string, { event_type, version }: EventEnvelope, newest: number) {
    super(
      `${event_type} has version ${version}, but ${consumer} knows versions up to ${newest}. Update the consumer, then replay the event`,
    );
    this.name = 'UnknownVersionError';
  }
}

/** Checks whether a reader can read an event. Returns an error for an event with a newer version, and null for an event of another kind. */
export function readable(reader: EventReader, envelope: EventEnvelope): true | UnknownVersionError | null {
  const known = reader.events.filter(({ subject }) => subject === envelope.event_type);
  if (known.length === 0) return null;
  const newest = Math.max(...known.map(({ version }) => version));
  return envelope.version <= newest || new UnknownVersionError(reader.name, envelope, newest);
}
