import type { JsMsg } from 'nats';
import { eventEnvelope, type EventEnvelope } from '@souk/kit/contracts';
import { ACK_WAIT_MS } from './topology.ts';
import { SIGNATURE_HEADER } from './trust/event-signature.ts';
import type { EventTrust } from './trust/event-trust.ts';

/** A message of an event stream, parsed and checked. */
export interface EventMessage {
  /** The body as the publisher wrote and signed it. */
  readonly body: string;
  /** The signature. Null for an event without a signature. */
  readonly signature: string | null;
  /** The event. Null when the body is not an event. */
  readonly envelope: EventEnvelope | null;
  /** The reason why the message must not be handled. Null for an event that the owner of its type published. */
  readonly problem: Error | null;
}

/** Parses a message and checks who published its event. */
export function readEvent(message: Pick<JsMsg, 'string' | 'headers'>, trust: EventTrust): EventMessage {
  const body = message.string();
  const signature = message.headers?.get(SIGNATURE_HEADER) || null;
  const envelope = envelopeIn(body);
  const problem = envelope ? trust.problemOf(envelope, body, signature) : new Error('The message is not an event');
  return { body, signature, envelope, problem };
}

function envelopeIn(body: string): EventEnvelope | null {
  try {
    return eventEnvelope.parse(JSON.parse(body));
  } catch {
    return null;
  }
}

/**
 * Renews the acknowledgment deadline of messages while `work` runs. The server delivers the messages to another process when the deadline
 * passes, for instance because this process has died.
 */
export async function whileWorkingOn<Value>(
  messages: readonly Pick<JsMsg, 'working'>[],
  work: () => Promise<Value>,
): Promise<Value> {
  const timer = setInterval(() => {
    for (const message of messages) message.working();
  }, ACK_WAIT_MS / 3);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
