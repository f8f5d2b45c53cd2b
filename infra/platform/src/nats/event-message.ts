import type { JsMsg } from 'nats';
import { eventEnvelope, type EventEnvelope } from '@souk/kit/contracts';
import { ACK_WAIT_MS } from './topology.ts';
import { SIGNATURE_HEADER } from './trust/event-signature.ts';
import type { EventTrust } from './trust/event-trust.ts';

/** A message of a stream of events, read. */
export interface EventMessage {
  /** As the publisher wrote and signed the event. */
  readonly body: string;
  /** Null for an event without one. */
  readonly signature: string | null;
  /** Null when the body is not an event. */
  readonly envelope: EventEnvelope | null;
  /** Why the message must not be handled; null for an event that its owner published. */
  readonly problem: Error | null;
}

/** Reads a message and checks who published the event in it. */
export function readEvent(message: Pick<JsMsg, 'string' | 'headers'>, trust: EventTrust): EventMessage {
  const body = message.string();
  const signature = message.headers?.get(SIGNATURE_HEADER) || null;
  const envelope = envelopeIn(body);
  const problem = envelope ? trust.problemOf(envelope, body, signature) : new Error('the message is not an event');
  return { body, signature, envelope, problem };
}

function envelopeIn(body: string): EventEnvelope | null {
  try {
    return eventEnvelope.parse(JSON.parse(body));
  } catch {
    return null;
  }
}

/** Keeps messages ours while `work` goes on: the server gives those of a process that died to another. */
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
