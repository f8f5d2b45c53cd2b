import { FixedBuffer, Repeater, RepeaterOverflowError } from '@repeaterjs/repeater';
import type { EventDefinition, EventEnvelope } from '../contracts/index.ts';
import type { Feed, FeedFilter, FeedItem, FeedCheckpoint } from './event-bus.ts';
import { PositionLostError } from './feed-position.ts';
import { RecentEvents, type HistoryStart } from './recent-events.ts';

/** The position of an event among all events of its kind. */
export interface EventPosition {
  /** The sequence number. It grows from event to event. */
  readonly sequence: number;
  /** Whether the event was published before this process began to read. Only resumed feeds receive past events. */
  readonly isPast: boolean;
}

/** The minimum number of events of one kind that a process keeps in memory for resumed feeds. */
export const REMEMBERED_EVENTS = 10_000;

/**
 * The number of events after which a reader gets a checkpoint, even when no event passes its filter. Without the checkpoint the reader's
 * position would become too old to resume.
 */
const CHECKPOINT_EVERY = REMEMBERED_EVENTS / 4;

/**
 * The number of events that a feed buffers for a slow reader. It equals the maximum length of a history, because a resumed feed receives
 * all missed events in one burst.
 */
const FEED_BUFFER = 2 * REMEMBERED_EVENTS;

/** One open feed, which receives the events that pass its filter. */
interface Listener {
  event(envelope: EventEnvelope, sequence: number): void;
  checkpoint(sequence: number): void;
  /** Ends the feed with a `PositionLostError`. */
  lose(): void;
}

/** The newest events of one kind, which are kept for resumed feeds. */
interface History {
  /** The events. Null until the first position is known. */
  recent: RecentEvents | null;
  /** Resolves when the history is loaded. A feed cannot be resumed before. */
  readonly caughtUp: PromiseWithResolvers<void>;
  checkpointAt: number;
}

/**
 * The open feeds of this process. A map finds the feeds of an event by its type, tenant and aggregate. The cost of a delivery therefore does
 * not depend on the number of open feeds.
 */
export class EventFeeds {
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #histories = new Map<string, History>();

  get count(): number {
    return this.#listeners.values().reduce((count, listeners) => count + listeners.size, 0);
  }

  /**
   * Opens the history of events of this kind, at the position of the newest published event. The process must deliver every event after
   * `knownAfter`.
   */
  begin(subject: string, start: HistoryStart): void {
    const history = this.#historyOf(subject);
    if (history.recent?.epoch === start.epoch) return;
    const isReplaced = history.recent !== null;
    history.recent = new RecentEvents(REMEMBERED_EVENTS, start);
    history.checkpointAt = start.last;
    if (isReplaced) this.#endAll(subject);
    else this.#checkpoint(subject, start.last); // for feeds that were opened before
  }

  /**
   * Ends all feeds of a lost history. Their readers cannot know which events they missed, so each must read the current state and subscribe
   * again.
   */
  #endAll(subject: string): void {
    for (const [key, listeners] of this.#listeners) {
      if (!key.startsWith(`${subject} `)) continue;
      for (const listener of listeners) listener.lose();
    }
  }

  /** Reports that the past events of this kind are loaded. From now on feeds can be resumed. */
  caughtUp(subject: string): void {
    this.#historyOf(subject).caughtUp.resolve();
  }

  /** Delivers an event to the feeds whose filter it passes. */
  deliver(envelope: EventEnvelope, { sequence, isPast }: EventPosition): void {
    const { event_type, tenant_id, aggregate_id } = envelope;
    const history = this.#historyOf(event_type);
    const isNew = history.recent?.add(sequence, envelope) ?? true;
    if (isPast || !isNew) return;
    for (const aggregateId of [aggregate_id, undefined]) {
      for (const listener of this.#listeners.get(keyOf(event_type, tenant_id, aggregateId)) ?? []) {
        listener.event(envelope, sequence);
      }
    }
    if (sequence - history.checkpointAt < CHECKPOINT_EVERY) return;
    history.checkpointAt = sequence;
    this.#checkpoint(event_type, sequence);
  }

  /** Opens a feed. The feed receives all events from its first `next` until its `return`. */
  open<Data>(definition: EventDefinition<Data>, filter: FeedFilter): Feed<Data> {
    const { subject } = definition;
    const history = this.#historyOf(subject);
    const beginning = filter.after === undefined ? history.recent?.last : undefined;
    const key = keyOf(subject, filter.tenantId, filter.aggregateId);
    // A generator would ignore `return` while it waits inside `next`, and its listener would never be removed. A Repeater ends immediately.
    const items = new Repeater<FeedItem<Data> | FeedCheckpoint>(async (push, stop) => {
      const lose = () => stop(new PositionLostError());
      const send = (item: FeedItem<Data> | FeedCheckpoint) => {
        try {
          void push(item);
        } catch (error) {
          if (!(error instanceof RepeaterOverflowError)) throw error;
          lose(); // the reader gets an error instead of a gap
        }
      };
      const listener = { ...listenerOf(definition, history, send), lose };
      if (filter.after !== undefined) await Promise.race([history.caughtUp.promise, stop]);
      const place = filter.after === undefined ? beginning : history.recent?.placeOf(filter.after);
      if (filter.after !== undefined && typeof place !== 'number') throw new PositionLostError();
      if (typeof place === 'number') catchUp(listener, history, place, filter);
      this.#listeners.set(key, (this.#listeners.get(key) ?? new Set()).add(listener));
      await stop;
      this.#remove(key, listener);
    }, new FixedBuffer(FEED_BUFFER)) as AsyncIterableIterator<FeedItem<Data> | FeedCheckpoint>; // its `return` also takes a promise
    const position = beginning === undefined ? undefined : history.recent?.positionAt(beginning);
    return position === undefined ? items : Object.assign(items, { position });
  }

  #remove(key: string, listener: Listener): void {
    const listeners = this.#listeners.get(key);
    listeners?.delete(listener);
    if (listeners?.size === 0) this.#listeners.delete(key);
  }

  #checkpoint(subject: string, sequence: number): void {
    for (const [key, listeners] of this.#listeners) {
      if (!key.startsWith(`${subject} `)) continue;
      for (const listener of listeners) listener.checkpoint(sequence);
    }
  }

  #historyOf(subject: string): History {
    const known = this.#histories.get(subject);
    if (known) return known;
    const history: History = { recent: null, caughtUp: Promise.withResolvers<void>(), checkpointAt: 0 };
    this.#histories.set(subject, history);
    return history;
  }
}

/** Delivers the missed events to a resumed feed, and then a checkpoint at the newest position. */
function catchUp(listener: Listener, { recent }: History, place: number, filter: FeedFilter): void {
  for (const missed of recent?.after(place, filter) ?? []) listener.event(missed.envelope, missed.sequence);
  if (filter.after !== undefined) listener.checkpoint(Math.max(place, recent?.last ?? 0));
}

/**
 * The listener of a feed. The listener skips events that the feed has already received, because a stream may send an event again, and one
 * process may lag behind another.
 */
function listenerOf<Data>(
  definition: EventDefinition<Data>,
  history: History,
  push: (item: FeedItem<Data> | FeedCheckpoint) => void,
): Omit<Listener, 'lose'> {
  let delivered = -1;
  return {
    event(envelope, sequence) {
      if (sequence <= delivered) return;
      delivered = sequence;
      const data = definition.payload.safeParse(envelope.data);
      const position = history.recent?.positionAt(sequence);
      if (data.success) push({ envelope, data: data.data, ...(position !== undefined && { position }) });
    },
    checkpoint(sequence) {
      const position = history.recent?.positionAt(sequence);
      if (sequence < delivered || position === undefined) return;
      delivered = sequence;
      push({ isCheckpoint: true, position });
    },
  };
}

function keyOf(subject: string, tenantId: string, aggregateId: string | undefined): string {
  return `${subject} ${tenantId} ${aggregateId ?? '*'}`;
}
