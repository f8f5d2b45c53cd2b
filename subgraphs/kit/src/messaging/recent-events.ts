import type { EventEnvelope } from '../contracts/index.ts';
import type { FeedFilter } from './event-bus.ts';

/** An event and its place among all of its kind. */
export interface RecentEvent {
  readonly sequence: number;
  readonly envelope: EventEnvelope;
}

/** The newest events of one kind, for readers who were away for a moment. */
export class RecentEvents {
  readonly #capacity: number;
  #events: RecentEvent[] = [];
  #last: number;

  /** @param last the place of the last event of the past. */
  constructor(capacity: number, last: number) {
    this.#capacity = capacity;
    this.#last = last;
  }

  /** The position of the newest, for `after`. */
  get last(): string {
    return String(this.#last);
  }

  /** In order; one that was added before is left out. */
  add(sequence: number, envelope: EventEnvelope): void {
    const newest = this.#events.at(-1);
    if (newest && sequence <= newest.sequence) return;
    this.#events.push({ sequence, envelope });
    this.#last = Math.max(this.#last, sequence);
    // Twice as many before half go: a removal for each event would move all others.
    if (this.#events.length > 2 * this.#capacity) this.#events = this.#events.slice(-this.#capacity);
  }

  /** What came after a position and passes the filter. Nothing without a position, or for one that is none of ours. */
  after(position: string | undefined, { tenantId, aggregateId }: FeedFilter): readonly RecentEvent[] {
    const sequence = Number(position);
    if (position === undefined || !Number.isSafeInteger(sequence)) return [];
    return this.#events.filter(
      (each) =>
        each.sequence > sequence &&
        each.envelope.tenant_id === tenantId &&
        (aggregateId === undefined || each.envelope.aggregate_id === aggregateId),
    );
  }
}
