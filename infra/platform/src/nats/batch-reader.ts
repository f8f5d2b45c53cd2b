import type { Consumer, JsMsg } from 'nats';
import type { EventEnvelope } from '@souk/kit/contracts';
import { readable, type EventConsumer } from '@souk/kit/messaging';
import { readEvent, whileWorkingOn, type EventMessage } from './event-message.ts';
import type { ReaderParts } from './reader-parts.ts';
import { pause, ReadingLoop } from './reading-loop.ts';
import { TURNS } from './subjects.ts';
import { TURN_WAIT_MS, turnDurable } from './topology.ts';

/** How long a turn lasts without events, and with them, before another process may have it. */
const IDLE_MS = 1000;
const SLICE_MS = 5000;

interface BatchItem {
  readonly message: JsMsg;
  readonly read: EventMessage;
  readonly envelope: EventEnvelope;
}

/**
 * Reads one durable in batches. Of the processes that do so, the one that has the turn reads; so no later batch overtakes an
 * earlier one. The turn is a message that is handed to one process at a time: when that dies, the server gives it to another.
 */
export function batchReader(
  parts: ReaderParts,
  consumer: EventConsumer,
  { stream, durable }: { readonly stream: string; readonly durable: string },
): ReadingLoop {
  return new ReadingLoop(
    async (stopping) => {
      const turns = await parts.nats.jetstream.consumers.get(TURNS.stream, turnDurable(durable));
      const events = await parts.nats.jetstream.consumers.get(stream, durable);
      while (!stopping.aborted) {
        const turn = await nextOf(turns, stopping);
        if (!turn) continue;
        try {
          await whileWorkingOn([turn], () => takeTurn(parts, consumer, events, stopping));
        } finally {
          turn.nak(); // to whoever has waited longest
        }
      }
    },
    (error) => parts.onError(error, consumer.name, null),
  );
}

async function nextOf(turns: Consumer, stopping: AbortSignal): Promise<JsMsg | null> {
  const waiting = await turns.fetch({ max_messages: 1, expires: TURN_WAIT_MS });
  const stop = () => void waiting.close();
  stopping.addEventListener('abort', stop);
  try {
    for await (const turn of waiting) return turn;
    return null;
  } finally {
    stopping.removeEventListener('abort', stop);
  }
}

async function takeTurn(
  parts: ReaderParts,
  consumer: EventConsumer,
  events: Consumer,
  stopping: AbortSignal,
): Promise<void> {
  const until = performance.now() + SLICE_MS;
  while (performance.now() < until && !stopping.aborted) {
    const messages = await fetchBatch(events, consumer.batchSize ?? 1);
    if (messages.length === 0) return;
    try {
      await whileWorkingOn(messages, () => handleAll(parts, consumer, messages, stopping));
    } finally {
      // What is not acknowledged comes first in the next turn.
      for (const message of messages) message.nak();
    }
  }
}

/** What there is, at once; or the first that comes, and what has come with it. */
async function fetchBatch(events: Consumer, size: number): Promise<JsMsg[]> {
  const { num_pending, num_redelivered } = await events.info();
  const ready = Math.min(size, num_pending + num_redelivered);
  const messages: JsMsg[] = [];
  for await (const message of await events.fetch({ max_messages: Math.max(ready, 1), expires: IDLE_MS })) {
    messages.push(message);
  }
  return messages;
}

async function handleAll(
  parts: ReaderParts,
  consumer: EventConsumer,
  messages: readonly JsMsg[],
  stopping: AbortSignal,
): Promise<void> {
  const wanted: BatchItem[] = [];
  for (const message of messages) {
    const read = readEvent(message, parts.trust);
    const { envelope, problem } = read;
    const verdict = problem ?? (envelope && readable(consumer, envelope));
    if (verdict instanceof Error) {
      parts.onError(verdict, consumer.name, envelope);
      await park(parts, consumer, message, read, verdict);
    } else if (verdict && envelope) wanted.push({ message, read, envelope });
    else message.ack();
  }
  const tenants = Map.groupBy(wanted, ({ envelope }) => envelope.tenant_id);
  await Promise.all([...tenants.values()].map((batch) => handleBatch(parts, consumer, batch, stopping)));
}

async function handleBatch(
  parts: ReaderParts,
  consumer: EventConsumer,
  batch: readonly BatchItem[],
  stopping: AbortSignal,
): Promise<void> {
  const [first] = batch;
  if (!first) return;
  try {
    await consumer.handle(batch.map(({ envelope }) => envelope));
    for (const { message } of batch) message.ack();
  } catch (error) {
    parts.onError(error, consumer.name, first.envelope);
    // One bad event must not cost the others.
    for (const item of batch) if (!stopping.aborted) await handleOne(parts, consumer, item, stopping);
  }
}

/** Waits for retries within the turn: later events must not overtake this one. */
async function handleOne(
  parts: ReaderParts,
  consumer: EventConsumer,
  { message, read, envelope }: BatchItem,
  stopping: AbortSignal,
): Promise<void> {
  const delays = [...parts.retryDelaysMs];
  for (;;) {
    try {
      await consumer.handle([envelope]);
      return message.ack();
    } catch (error) {
      parts.onError(error, consumer.name, envelope);
      const delay = delays.shift();
      if (delay === undefined) return park(parts, consumer, message, read, error);
      await pause(delay, stopping);
      if (stopping.aborted) return;
    }
  }
}

async function park(
  parts: ReaderParts,
  { name: consumer }: EventConsumer,
  message: JsMsg,
  event: EventMessage,
  error: unknown,
): Promise<void> {
  const { stream, streamSequence: sequence } = message.info;
  await parts.deadLetters.add({ consumer, event, error, origin: { stream, sequence } });
  message.ack();
}
