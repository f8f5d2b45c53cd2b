import type { EventEnvelope } from '@souk/kit/contracts';
import { EventVerifier, signEvents } from './event-signature.ts';
import type { MessageKeys } from './message-keys.ts';

/** Signs the events that a process publishes, and verifies the events that it reads. */
export interface EventTrust {
  /** Returns a signature header for each body of a batch, in order. Null when events are not signed. */
  sign(bodies: readonly string[]): readonly string[] | null;
  /**
   * Checks that the publisher of the event type signed this event.
   * @param header the signature, or null for an event without a signature
   * @returns the reason why the event is refused, or null
   */
  problemOf(envelope: EventEnvelope, body: string, header: string | null): UntrustedEventError | null;
}

/** Thrown for an event without a valid signature of the subgraph that owns its type. */
export class UntrustedEventError extends Error {
  constructor({ event_type, event_id, source }: EventEnvelope, reason: string) {
    super(`Event ${event_id} (${event_type}) from "${source}" refused: ${reason}`);
    this.name = 'UntrustedEventError';
  }
}

export interface EventTrustOptions {
  readonly keys: MessageKeys;
  /** Whether to accept events without a signature. Needed during an update from a version of Souk without signatures. */
  readonly acceptsUnsigned: boolean;
}

/** Signs events with the key of their subgraph. */
export function signedEvents({ keys, acceptsUnsigned }: EventTrustOptions): EventTrust {
  const verifier = new EventVerifier(keys);
  return {
    sign: (bodies) => signEvents(keys, bodies),
    problemOf(envelope, body, header) {
      const refuse = (reason: string) => new UntrustedEventError(envelope, reason);
      const { source, event_type } = envelope;
      const [owner] = event_type.split('.', 1);
      if (source !== owner) return refuse(`only "${owner}" may publish events of this type`);
      if (header === null) return acceptsUnsigned ? null : refuse('it has no signature');
      return verifier.verify(source, body, header)
        ? null
        : refuse(`its signature does not match any known public key of "${source}"`);
    },
  };
}

/** Disables signatures. Meant for tests, and for a NATS that only this process can reach. */
export const UNSIGNED_EVENTS: EventTrust = { sign: () => null, problemOf: () => null };
