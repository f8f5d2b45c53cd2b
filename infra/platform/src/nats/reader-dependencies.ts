import type { EventEnvelope } from '@souk/kit/contracts';
import type { DeadLetters } from './dead-letters.ts';
import type { Nats } from './nats.ts';
import type { EventTrust } from './trust/event-trust.ts';

/** The dependencies that all readers of event streams share. */
export interface ReaderDependencies {
  readonly nats: Nats;
  readonly deadLetters: DeadLetters;
  readonly trust: EventTrust;
  /** The delays before the retries of a failed event, in ms. After the last retry the event is parked. */
  readonly retryDelaysMs: readonly number[];
  /** Called for every failed attempt. The envelope is null when the stream itself cannot be read. */
  readonly onError: (error: unknown, consumer: string, envelope: EventEnvelope | null) => void;
}
