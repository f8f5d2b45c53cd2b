import type { EventEnvelope } from '../contracts/index.ts';
import type { FeedFilter } from './event-bus.ts';
import { readPosition, writePosition, type FeedPosition } from './feed-position.ts';

/** An event and its place among all of its kind. */
export interface RecentEvent {
  readonly sequence: number;
  readonly envelope: EventEnvelope;
}

/** Where a history begins. */
export interface HistoryStart {
  /** Of all its positions. */
  readonly epoch: string;
  /** The place of the last event of the past. */
  readonly last: number;
  /** Every event after this place will be added. */
  readonly knownAfter: number;
}

/** The newest events of one kind, for readers who were away for a moment. */
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

  /** Names the history that the places belong to. */
  get epoch(): string {
    return this.#epoch;
  }

  /** The place of the newest. */
  get last(): number {
    return this.#last;
  }

  /** A place as it travels. */
  positionAt(sequence: number): string {
    return writePosition({ epoch: this.#epoch, sequence });
  }

  /** In order. False: it was added before, whether the stream gave it again or had it twice, and is left out. */
  add(sequence: number, envelope: EventEnvelope): boolean {
    const newest = this.#events.at(-1);
    if ((newest && sequence <= newest.sequence) || this.#ids.has(envelope.event_id)) return false;
    this.#events.push({ sequence, envelope });
    this.#ids.add(envelope.event_id);
    this.#last = Math.max(this.#last, sequence);
    // Twice as many before half go: a removal for each event would move all others.
    if (this.#events.length > 2 * this.#capacity) this.#forget(this.#events.length - this.#capacity);
    return true;
  }

  /** The place that a position means; null when what came after it is not known any more, or never was. */
  placeOf(position: string): number | null {
    const read = readPosition(position);
    return read && this.#knows(read) ? read.sequence : null;
  }

  /** What came after a place and passes the filter. From the newest back: who was away for a moment missed little. */
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
