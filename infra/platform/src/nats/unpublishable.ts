import type { EventEnvelope } from '@souk/kit/contracts';
import { publisherOf } from './subjects.ts';

/** An event, and the JSON text of its message. */
export interface WrittenEvent {
  readonly envelope: EventEnvelope;
  readonly body: string;
}

/**
 * Bytes that are reserved for the headers of a message: the id, the expected predecessor, and the signature with a path of at most ten
 * hashes.
 */
const HEADER_BYTES = 2048;

/**
 * Finds the events that the server can never accept. Returns the reason of each by event id.
 * @param maxPayloadBytes the server's `max_payload`
 */
export function unpublishable(events: readonly WrittenEvent[], maxPayloadBytes: number): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>();
  for (const event of events) {
    const reason = misnamed(event) ?? tooLarge(event, maxPayloadBytes - HEADER_BYTES);
    if (reason !== null) reasons.set(event.envelope.event_id, reason);
  }
  return reasons;
}

function misnamed({ envelope }: WrittenEvent): string | null {
  try {
    publisherOf(envelope.event_type);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function tooLarge({ envelope, body }: WrittenEvent, mostBytes: number): string | null {
  if (body.length * 3 <= mostBytes) return null; // a UTF-16 unit takes at most three bytes of UTF-8
  const bytes = Buffer.byteLength(body);
  if (bytes <= mostBytes) return null;
  return `${envelope.event_type} has ${bytes} bytes, but NATS accepts ${mostBytes}: raise max_payload`;
}
