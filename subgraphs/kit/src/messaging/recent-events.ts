import type { EventEnvelope } from '../contracts/index.ts';
import type { FeedFilter } from './event-bus.ts';
import { readPosition, writePosition, type FeedPosition } from './feed-position.ts';

/** An event and its position among all events of its kind. */
export interface RecentEvent {
  readonly sequence: number;
  readonly envelope: EventEnvelope;
}

/** The point from which a process keeps the events of one kind. */
export interface HistoryStart {
  /** The epoch of all positions in the history. */
  readonly epoch: string;
  /** The sequence number of the newest event when the history was opened. */
  readonly last: number;
  /** The sequence number after which every event is added to the history. */
  readonly knownAfter: number;
}

/** The newest events of one kind, for readers that were disconnected for a short time. */
export class RecentEvents {
  readonly #capacity: number;
  readonly #epoch: string;
  #events: RecentEvent[] = [];
  readonly #ids = new Set<string>();
  #last: number;
  #knownAfter: number;

  constructor(capacity: number, { epoch, last, knownAfter }: HistoryStart) {
    this.#capacity = capacity;
    this.#epoch = epoch;
    this.#last = last;
    this.#knownAfter = knownAfter;
  }

  /** The history to which the positions belong. */
  get epoch(): string {
    return this.#epoch;
  }

  /** The sequence number of the newest event. */
  get last(): number {
    return this.#last;
  }

  positionAt(sequence: number): string {
    return writePosition({ epoch: this.#epoch, sequence });
  }

  /** Adds an event in order. @returns false when the event was added before, because the stream sent it twice or contains it twice */
  add(sequence: number, envelope: EventEnvelope): boolean {
    const newest = this.#events.at(-1);
    if ((newest && sequence <= newest.sequence) || this.#ids.has(envelope.event_id)) return false;
    this.#events.push({ sequence, envelope });
    this.#ids.add(envelope.event_id);
    this.#last = Math.max(this.#last, sequence);
    // Half of the list is removed in one step when it reaches twice the capacity. Removing one event at a time would move all other events
    // each time.
    if (this.#events.length > 2 * this.#capacity) this.#forget(this.#events.length - this.#capacity);
    return true;
  }

  /** The sequence number of a position. Null when some events after the position are not in memory. */
  placeOf(position: string): number | null {
    const read = readPosition(position);
    return read && this.#knows(read) ? read.sequence : null;
  }

  /**
   * The events after a sequence number that pass the filter. The search begins with the newest event, because a reader misses few events in
   * a short disconnection.
   */
  after(sequence: number, { tenantId, aggregateId }: FeedFilter): readonly RecentEvent[] {
    const missed: RecentEvent[] = [];
    for (let index = this.#events.length - 1; index >= 0; index -= 1) {
      const event = this.#events[index];
      if (!event || event.sequence <= sequence) break;
      const { tenant_id, aggregate_id } = event.envelope;
      if (tenant_id === tenantId && (aggregateId === undefined || aggregate_id === aggregateId)) missed.push(event);
    }
    return missed.reverse();
  }

  #knows({ epoch, sequence }: FeedPosition): boolean {
    return epoch === this.#epoch && sequence >= this.#knownAfter;
  }

  #forget(count: number): void {
    this.#knownAfter = this.#events[count - 1]?.sequence ?? this.#knownAfter;
    for (const { envelope } of this.#events.slice(0, count)) this.#ids.delete(envelope.event_id);
    this.#events = this.#events.slice(count);
  }
}
