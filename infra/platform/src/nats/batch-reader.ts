import type { Consumer, JsMsg } from 'nats';
import type { EventEnvelope } from '@souk/kit/contracts';
import { readable, type EventConsumer } from '@souk/kit/messaging';
import { readEvent, whileWorkingOn, type EventMessage } from './event-message.ts';
import type { ReaderDependencies } from './reader-dependencies.ts';
import { pause, ReadingLoop } from './reading-loop.ts';
import { TURNS } from './subjects.ts';
import { TURN_WAIT_MS, turnDurable } from './topology.ts';

/**
 * How long one process reads before it returns the turn (see `batchReader`), in ms. It is `IDLE_MS` when no event arrives, and at most
 * `SLICE_MS` otherwise.
 */
const IDLE_MS = 1000;
const SLICE_MS = 5000;

interface BatchItem {
  readonly message: JsMsg;
  readonly read: EventMessage;
  readonly envelope: EventEnvelope;
}

/**
 * Reads one durable consumer in batches. Several processes compete, but only the process with the turn reads, so batches stay in order. The
 * turn is a message that the server delivers to one process at a time. When that process dies, the server delivers the turn to another
 * process.
 */
export function batchReader(
  dependencies: ReaderDependencies,
  consumer: EventConsumer,
  { stream, durable }: { readonly stream: string; readonly durable: string },
): ReadingLoop {
  return new ReadingLoop(
    async (stopping) => {
      const turns = await dependencies.nats.jetstream.consumers.get(TURNS.stream, turnDurable(durable));
      const events = await dependencies.nats.jetstream.consumers.get(stream, durable);
      while (!stopping.aborted) {
        const turn = await nextOf(turns, stopping);
        if (!turn) continue;
        try {
          await whileWorkingOn([turn], () => takeTurn(dependencies, consumer, events, stopping));
        } finally {
          turn.nak(); // to the process that has waited longest
        }
      }
    },
    (error) => dependencies.onError(error, consumer.name, null),
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
  dependencies: ReaderDependencies,
  consumer: EventConsumer,
  events: Consumer,
  stopping: AbortSignal,
): Promise<void> {
  const until = performance.now() + SLICE_MS;
  while (performance.now() < until && !stopping.aborted) {
    const messages = await fetchBatch(events, consumer.batchSize ?? 1);
    if (messages.length === 0) return;
    try {
      await whileWorkingOn(messages, () => handleAll(dependencies, consumer, messages, stopping));
    } finally {
      // Returns the messages that were not acknowledged. The server delivers them first in the next turn.
      for (const message of messages) message.nak();
    }
  }
}

/**
 * Returns the waiting events immediately. When no event waits, resolves with the next event and the events that arrive together with it.
 */
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
  dependencies: ReaderDependencies,
  consumer: EventConsumer,
  messages: readonly JsMsg[],
  stopping: AbortSignal,
): Promise<void> {
  const wanted: BatchItem[] = [];
  for (const message of messages) {
    const read = readEvent(message, dependencies.trust);
    const { envelope, problem } = read;
    const verdict = problem ?? (envelope && readable(consumer, envelope));
    if (verdict instanceof Error) {
      dependencies.onError(verdict, consumer.name, envelope);
      await park(dependencies, consumer, message, read, verdict);
    } else if (verdict && envelope) wanted.push({ message, read, envelope });
    else message.ack();
  }
  const tenants = Map.groupBy(wanted, ({ envelope }) => envelope.tenant_id);
  await Promise.all([...tenants.values()].map((batch) => handleBatch(dependencies, consumer, batch, stopping)));
}

async function handleBatch(
  dependencies: ReaderDependencies,
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
    dependencies.onError(error, consumer.name, first.envelope);
    // The events are handled one by one, so that only the failing events are parked.
    for (const item of batch) if (!stopping.aborted) await handleOne(dependencies, consumer, item, stopping);
  }
}

/** Retries while the process keeps the turn (see `batchReader`), so that later events do not overtake the failed event. */
async function handleOne(
  dependencies: ReaderDependencies,
  consumer: EventConsumer,
  { message, read, envelope }: BatchItem,
  stopping: AbortSignal,
): Promise<void> {
  const delays = [...dependencies.retryDelaysMs];
  for (;;) {
    try {
      await consumer.handle([envelope]);
      return message.ack();
    } catch (error) {
      dependencies.onError(error, consumer.name, envelope);
      const delay = delays.shift();
      if (delay === undefined) return park(dependencies, consumer, message, read, error);
      await pause(delay, stopping);
      if (stopping.aborted) return;
    }
  }
}

async function park(
  dependencies: ReaderDependencies,
  { name: consumer }: EventConsumer,
  message: JsMsg,
  event: EventMessage,
  error: unknown,
): Promise<void> {
  const { stream, streamSequence: sequence } = message.info;
  await dependencies.deadLetters.add({ consumer, event, error, origin: { stream, sequence } });
  message.ack();
}
