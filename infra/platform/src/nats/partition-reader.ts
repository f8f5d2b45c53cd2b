import type { JsMsg } from 'nats';
import { readable, type EventConsumer } from '@souk/kit/messaging';
import { readEvent, whileWorkingOn } from './event-message.ts';
import type { ReaderParts } from './reader-parts.ts';
import { ReadingLoop } from './reading-loop.ts';

/** How long a request for messages waits at the server before it is made anew; also the client's pause where JetStream starts slower than NATS. */
const PULL_MS = 5000;

/**
 * Reads one durable that hands out one message at a time. Any number of processes may read it: none gets the next event
 * before the one at work has acknowledged its own, so the order holds.
 */
export function partitionReader(
  parts: ReaderParts,
  consumer: EventConsumer,
  { stream, durable }: { readonly stream: string; readonly durable: string },
): ReadingLoop {
  return new ReadingLoop(
    async (stopping) => {
      const source = await parts.nats.jetstream.consumers.get(stream, durable);
      const messages = await source.consume({ max_messages: 1, expires: PULL_MS, abort_on_missing_resource: true });
      const stop = () => void messages.close();
      stopping.addEventListener('abort', stop);
      try {
        for await (const message of messages) await receive(parts, consumer, message);
      } finally {
        stopping.removeEventListener('abort', stop);
      }
    },
    (error) => parts.onError(error, consumer.name, null),
  );
}

async function receive(parts: ReaderParts, consumer: EventConsumer, message: JsMsg): Promise<void> {
  try {
    await whileWorkingOn([message], () => handle(parts, consumer, message));
  } catch (error) {
    // Not even parked: NATS went away. The message is ours no longer than it takes the server to notice.
    parts.onError(error, consumer.name, null);
    message.nak(parts.retryDelaysMs[0]);
  }
}

async function handle(parts: ReaderParts, consumer: EventConsumer, message: JsMsg): Promise<void> {
  const { name } = consumer;
  const { deliveryCount, stream, streamSequence: sequence } = message.info;
  const read = readEvent(message, parts.trust);
  const { envelope, problem } = read;
  const park = (error: unknown) =>
    parts.deadLetters.add({ consumer: name, event: read, error, origin: { stream, sequence } });

  const verdict = problem ?? (envelope && readable(consumer, envelope));
  if (verdict instanceof Error) {
    parts.onError(verdict, name, envelope);
    await park(verdict);
  } else if (verdict && envelope) {
    const failure = await consumer.handle([envelope]).then(() => null, causeOf);
    if (failure) {
      parts.onError(failure.cause, name, envelope);
      const delay = parts.retryDelaysMs[deliveryCount - 1];
      if (delay !== undefined) return message.nak(delay);
      await park(failure.cause);
    }
  }
  message.ack();
}

const causeOf = (cause: unknown) => ({ cause });
