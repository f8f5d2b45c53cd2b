import { FixedBuffer, Repeater, RepeaterOverflowError } from '@repeaterjs/repeater';
import type { EventDefinition, EventEnvelope } from '../contracts/index.ts';
import type { Feed, FeedFilter, FeedItem, FeedMark } from './event-bus.ts';
import { PositionLostError } from './feed-position.ts';
import { RecentEvents, type HistoryStart } from './recent-events.ts';

/** Where an event stands among all of its kind. */
export interface EventPosition {
  /** Grows from event to event. */
  readonly sequence: number;
  /** Whether it was published before this process began to read: only readers who ask for what they missed are told. */
  readonly isPast: boolean;
}

/** How many events of a kind are remembered, at least, for readers whose feed broke. */
export const REMEMBERED_EVENTS = 10_000;

/** After how many events readers to whom nothing happened are told a newer position: theirs must not be forgotten. */
const MARK_EVERY = REMEMBERED_EVENTS / 4;

/** How many events a feed holds for a reader that is behind: all that a resumed one can have missed. */
const FEED_BUFFER = 2 * REMEMBERED_EVENTS;

/** One feed, told what passes its filter. */
interface Listener {
  event(envelope: EventEnvelope, sequence: number): void;
  mark(sequence: number): void;
  /** Ends the feed with a `PositionLostError`. */
  lose(): void;
}

/** What is known of the events of one kind. */
interface History {
  /** Null until the first place is known. */
  recent: RecentEvents | null;
  /** When all events of the past that are to be remembered are. */
  readonly caughtUp: PromiseWithResolvers<void>;
  markedAt: number;
}

/** The feeds that are open in this process. An event finds its readers by its keys, however many feeds there are. */
export class EventFeeds {
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #histories = new Map<string, History>();

  /** How many feeds are open. */
  get count(): number {
    return this.#listeners.values().reduce((count, listeners) => count + listeners.size, 0);
  }

  /** The present of the events of this kind begins here. What is told from now on has to be after `knownAfter`. */
  begin(subject: string, start: HistoryStart): void {
    const history = this.#historyOf(subject);
    if (history.recent?.epoch === start.epoch) return;
    const isReplaced = history.recent !== null;
    history.recent = new RecentEvents(REMEMBERED_EVENTS, start);
    history.markedAt = start.last;
    if (isReplaced) this.#endAll(subject);
    else this.#mark(subject, start.last); // for who was here before
  }

  /** Readers of a lost history cannot know what they missed: each reads the present state and subscribes anew. */
  #endAll(subject: string): void {
    for (const [key, listeners] of this.#listeners) {
      if (!key.startsWith(`${subject} `)) continue;
      for (const listener of listeners) listener.lose();
    }
  }

  /** What is remembered of the past is complete: feeds can be resumed. */
  caughtUp(subject: string): void {
    this.#historyOf(subject).caughtUp.resolve();
  }

  /** Hands an event to those who read it. */
  tell(envelope: EventEnvelope, { sequence, isPast }: EventPosition): void {
    const { event_type, tenant_id, aggregate_id } = envelope;
    const history = this.#historyOf(event_type);
    const isNew = history.recent?.add(sequence, envelope) ?? true;
    if (isPast || !isNew) return;
    for (const aggregateId of [aggregate_id, undefined]) {
      for (const listener of this.#listeners.get(keyOf(event_type, tenant_id, aggregateId)) ?? []) {
        listener.event(envelope, sequence);
      }
    }
    if (sequence - history.markedAt < MARK_EVERY) return;
    history.markedAt = sequence;
    this.#mark(event_type, sequence);
  }

  /** Is open from its first `next` until its `return`; it has everything since this call. */
  open<Data>(definition: EventDefinition<Data>, filter: FeedFilter): Feed<Data> {
    const { subject } = definition;
    const history = this.#historyOf(subject);
    const beginning = filter.after === undefined ? history.recent?.last : undefined;
    const key = keyOf(subject, filter.tenantId, filter.aggregateId);
    // A Repeater, not a generator: a generator that waits inside `next` ignores `return` and leaks its listener.
    const items = new Repeater<FeedItem<Data> | FeedMark>(async (push, stop) => {
      const lose = () => stop(new PositionLostError());
      const send = (item: FeedItem<Data> | FeedMark) => {
        try {
          void push(item);
        } catch (error) {
          if (!(error instanceof RepeaterOverflowError)) throw error;
          lose(); // an error for its reader, rather than events left out
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
    }, new FixedBuffer(FEED_BUFFER)) as AsyncIterableIterator<FeedItem<Data> | FeedMark>; // its `return` also takes a promise
    const position = beginning === undefined ? undefined : history.recent?.positionAt(beginning);
    return position === undefined ? items : Object.assign(items, { position });
  }

  #remove(key: string, listener: Listener): void {
    const listeners = this.#listeners.get(key);
    listeners?.delete(listener);
    if (listeners?.size === 0) this.#listeners.delete(key);
  }

  #mark(subject: string, sequence: number): void {
    for (const [key, listeners] of this.#listeners) {
      if (!key.startsWith(`${subject} `)) continue;
      for (const listener of listeners) listener.mark(sequence);
    }
  }

  #historyOf(subject: string): History {
    const known = this.#histories.get(subject);
    if (known) return known;
    const history: History = { recent: null, caughtUp: Promise.withResolvers<void>(), markedAt: 0 };
    this.#histories.set(subject, history);
    return history;
  }
}

/** What was missed; for a feed that is resumed then also where the present begins. */
function catchUp(listener: Listener, { recent }: History, place: number, filter: FeedFilter): void {
  for (const missed of recent?.after(place, filter) ?? []) listener.event(missed.envelope, missed.sequence);
  if (filter.after !== undefined) listener.mark(Math.max(place, recent?.last ?? 0));
}

/** Leaves out what a feed has had already: a stream may send an event again, and a process may be behind another. */
function listenerOf<Data>(
  definition: EventDefinition<Data>,
  history: History,
  push: (item: FeedItem<Data> | FeedMark) => void,
): Omit<Listener, 'lose'> {
  let told = -1;
  return {
    event(envelope, sequence) {
      if (sequence <= told) return;
      told = sequence;
      const data = definition.payload.safeParse(envelope.data);
      const position = history.recent?.positionAt(sequence);
      if (data.success) push({ envelope, data: data.data, ...(position !== undefined && { position }) });
    },
    mark(sequence) {
      const position = history.recent?.positionAt(sequence);
      if (sequence < told || position === undefined) return;
      told = sequence;
      push({ isMark: true, position });
    },
  };
}

function keyOf(subject: string, tenantId: string, aggregateId: string | undefined): string {
  return `${subject} ${tenantId} ${aggregateId ?? '*'}`;
}
