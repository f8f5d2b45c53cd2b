import type { EventEnvelope } from '@souk/kit/contracts';
import type { DeadLetters } from './dead-letters.ts';
import type { Nats } from './nats.ts';
import type { EventTrust } from './trust/event-trust.ts';

/** What every reader of events needs. */
export interface ReaderParts {
  readonly nats: Nats;
  readonly deadLetters: DeadLetters;
  readonly trust: EventTrust;
  /** Waits before each retry; after the last the event is parked. */
  readonly retryDelaysMs: readonly number[];
  /** Told of every failed attempt; of trouble with the stream itself without an event. */
  readonly onError: (error: unknown, consumer: string, envelope: EventEnvelope | null) => void;
}
