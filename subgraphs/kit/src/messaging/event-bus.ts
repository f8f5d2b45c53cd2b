import type { EventDefinition, EventEnvelope } from '../contracts/index.ts';

/** Who reads which events: what a broker has to know before the first one arrives. */
export interface EventReader {
  /** Unique; `<subgraph>.<what it does>`. Names its place in the stream and its rows in the inbox. */
  readonly name: string;
  /** Each in the newest version that it understands. A newer one is parked at once: after an update it can be replayed. */
  readonly events: readonly Pick<EventDefinition, 'subject' | 'version'>[];
  /** How many events of one tenant it takes at once. Default 1. */
  readonly batchSize?: number;
  /**
   * Whether every process has all events, from its start on, and none is kept for a process that is down: for what a process
   * holds in its memory. Default: the processes share the events.
   */
  readonly everyProcess?: boolean;
}

/** A durable reader of events: each event reaches it at least once, in order per aggregate. */
export interface EventConsumer extends EventReader {
  /**
   * Resolves when the effect is committed. The events are of one tenant, in order. A throw is retried, then the event is parked; a
   * batch that throws is taken apart first, so that its other events arrive.
   */
  handle(envelopes: readonly EventEnvelope[]): Promise<void>;
  /**
   * Called where events may have been lost before they arrived, for instance with their stream: what a process holds in its memory by
   * them has to be read anew. Only for a consumer that wants the events in every process.
   * @default nothing is done
   */
  missed?(): Promise<void>;
  /** Keeps an event that failed every retry, so that it can be looked at and replayed; called by buses that cannot do so themselves. */
  park(envelope: EventEnvelope, error: unknown): Promise<void>;
}

/** What a feed lets through. */
export interface FeedFilter {
  readonly tenantId: string;
  /** Only the events of this aggregate; without it, of all. */
  readonly aggregateId?: string;
  /**
   * The position of the last event that a reader had before its feed broke: those after it come first, then a mark that says where
   * the present begins. The feed throws a `PositionLostError` when the bus does not remember all of them. Default: only what comes
   * from now on.
   */
  readonly after?: string | undefined;
}

/** The events of a feed, and marks between them. */
export interface Feed<Data> extends AsyncIterableIterator<FeedItem<Data> | FeedMark> {
  /** Where it begins: what comes is after it. None for one that is resumed, or whose bus has not heard of its broker yet. */
  readonly position?: string;
}

/** No event: says that the reader has all up to a position, because the ones that he had are forgotten in time. */
export interface FeedMark {
  readonly isMark: true;
  readonly position: string;
}

/** Carries events from the outbox relays to consumers and feeds. */
export interface EventBus {
  /**
   * Resolves when the bus can no longer lose the events: in one process when every consumer has handled or parked them, with a
   * broker when it has stored them. The relay then forgets them. Order per aggregate holds from one call to the next.
   * @throws UnpublishableEventsError when the bus can never take some of the events; it has taken none of the call. Any other error is
   * an outage: the same events are published again.
   */
  publish(envelopes: readonly EventEnvelope[]): Promise<void>;
  consume(consumer: EventConsumer): void;
  /**
   * The events from now on, for a subscription: all that are published after the first `next`, and maybe some that were still on
   * their way. Not durable: it ends with its reader.
   */
  feed<Data>(definition: EventDefinition<Data>, filter: FeedFilter): Feed<Data>;
}

export interface FeedItem<Data> {
  readonly envelope: EventEnvelope;
  readonly data: Data;
  /** For `FeedFilter.after`. */
  readonly position?: string;
}

/** Thrown by `publish` for events that the bus refuses every time, for instance because they are larger than a message may be. */
export class UnpublishableEventsError extends Error {
  /** Why each of them is refused, by the id of the event. */
  readonly reasons: ReadonlyMap<string, string>;

  constructor(reasons: ReadonlyMap<string, string>) {
    super(`The bus can never take ${[...reasons].map(([id, reason]) => `event ${id} (${reason})`).join(', ')}`);
    this.name = 'UnpublishableEventsError';
    this.reasons = reasons;
  }
}

/** Why an event was parked without being tried: its publisher was updated before its reader. */
export class UnknownVersionError extends Error {
  constructor(consumer: string, { event_type, version }: EventEnvelope, newest: number) {
    super(
      `${event_type} has version ${version}, and ${consumer} knows up to ${newest}: update it, then replay the event`,
    );
    this.name = 'UnknownVersionError';
  }
}

/** Whether a reader wants an event, and can read it: `null` when it is none of its events. */
export function readable(reader: EventReader, envelope: EventEnvelope): true | UnknownVersionError | null {
  const known = reader.events.filter(({ subject }) => subject === envelope.event_type);
  if (known.length === 0) return null;
  const newest = Math.max(...known.map(({ version }) => version));
  return envelope.version <= newest || new UnknownVersionError(reader.name, envelope, newest);
}
