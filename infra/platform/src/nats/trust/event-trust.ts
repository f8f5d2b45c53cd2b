import type { EventEnvelope } from '@souk/kit/contracts';
import { publisherOf } from '../subjects.ts';
import { EventVerifier, signEvents } from './event-signature.ts';
import type { MessageKeys } from './message-keys.ts';

/** How a process signs the events that it publishes, and which events it believes. */
export interface EventTrust {
  /** Headers for the bodies of one batch, in order; null: the events travel unsigned. */
  sign(bodies: readonly string[]): readonly string[] | null;
  /**
   * Checks that the publisher of the event type made this event.
   * @param header the signature; null for an event without one.
   * @returns why the event is refused, or null.
   */
  problemOf(envelope: EventEnvelope, body: string, header: string | null): UntrustedEventError | null;
}

/** An event that its `source` did not publish, or did not sign. */
export class UntrustedEventError extends Error {
  constructor({ event_type, event_id, source }: EventEnvelope, reason: string) {
    super(`event ${event_id} (${event_type}) from "${source}" is refused: ${reason}`);
    this.name = 'UntrustedEventError';
  }
}

export interface EventTrustOptions {
  readonly keys: MessageKeys;
  /** Whether events without a signature are believed: while processes of a version that does not sign still run. */
  readonly acceptsUnsigned: boolean;
}

/** Events signed by their subgraph. */
export function signedEvents({ keys, acceptsUnsigned }: EventTrustOptions): EventTrust {
  const verifier = new EventVerifier(keys);
  return {
    sign: (bodies) => signEvents(keys, bodies),
    problemOf(envelope, body, header) {
      const refuse = (reason: string) => new UntrustedEventError(envelope, reason);
      const { source, event_type } = envelope;
      const owner = publisherOf(event_type);
      if (source !== owner) return refuse(`events of this type come from "${owner}" alone`);
      if (header === null) return acceptsUnsigned ? null : refuse('the event has no signature');
      return verifier.verify(source, body, header)
        ? null
        : refuse(`no public key of "${source}" that this process knows made its signature`);
    },
  };
}

/** For tests and for a NATS of one's own: nothing is signed, everything is believed. */
export const UNSIGNED_EVENTS: EventTrust = { sign: () => null, problemOf: () => null };
