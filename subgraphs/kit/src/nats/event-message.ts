import type { JsMsg } from 'nats';
import { eventEnvelope, type EventEnvelope } from '../contracts/index.ts';
import { ACK_WAIT_MS } from './topology.ts';

/** The event in a message; null when it is none, whoever put it there. */
export function envelopeOf(message: Pick<JsMsg, 'string'>): EventEnvelope | null {
  try {
    return eventEnvelope.parse(JSON.parse(message.string()));
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
