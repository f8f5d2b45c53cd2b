import type { JsMsg } from 'nats';
import { readable, type EventConsumer } from '@souk/kit/messaging';
import { readEvent, whileWorkingOn } from './event-message.ts';
import type { ReaderDependencies } from './reader-dependencies.ts';
import { ReadingLoop } from './reading-loop.ts';

/**
 * How long a request for messages waits at the server, in ms. The client pauses for the same time when NATS has started but JetStream is
 * not ready yet.
 */
const PULL_MS = 5000;

/**
 * Reads one durable consumer, which delivers one message at a time. Any number of processes may read it. The server delivers the next event
 * only after the acknowledgment of the current event, so the order is kept.
 */
export function partitionReader(
  dependencies: ReaderDependencies,
  consumer: EventConsumer,
  { stream, durable }: { readonly stream: string; readonly durable: string },
): ReadingLoop {
  return new ReadingLoop(
    async (stopping) => {
      const source = await dependencies.nats.jetstream.consumers.get(stream, durable);
      const messages = await source.consume({ max_messages: 1, expires: PULL_MS, abort_on_missing_resource: true });
      const stop = () => void messages.close();
      stopping.addEventListener('abort', stop);
      try {
        for await (const message of messages) await receive(dependencies, consumer, message);
      } finally {
        stopping.removeEventListener('abort', stop);
      }
    },
    (error) => dependencies.onError(error, consumer.name, null),
  );
}

async function receive(dependencies: ReaderDependencies, consumer: EventConsumer, message: JsMsg): Promise<void> {
  try {
    await whileWorkingOn([message], () => handle(dependencies, consumer, message));
  } catch (error) {
    // The event could not even be parked, because NATS cannot be reached. The server delivers it again after its acknowledgment deadline.
    dependencies.onError(error, consumer.name, null);
    message.nak(dependencies.retryDelaysMs[0]);
  }
}

async function handle(dependencies: ReaderDependencies, consumer: EventConsumer, message: JsMsg): Promise<void> {
  const { name } = consumer;
  const { deliveryCount, stream, streamSequence: sequence } = message.info;
  const read = readEvent(message, dependencies.trust);
  const { envelope, problem } = read;
  const park = (error: unknown) =>
    dependencies.deadLetters.add({ consumer: name, event: read, error, origin: { stream, sequence } });

  const verdict = problem ?? (envelope && readable(consumer, envelope));
  if (verdict instanceof Error) {
    dependencies.onError(verdict, name, envelope);
    await park(verdict);
  } else if (verdict && envelope) {
    const failure = await consumer.handle([envelope]).then(() => null, causeOf);
    if (failure) {
      dependencies.onError(failure.cause, name, envelope);
      const delay = dependencies.retryDelaysMs[deliveryCount - 1];
      if (delay !== undefined) return message.nak(delay);
      await park(failure.cause);
    }
  }
  message.ack();
}

const causeOf = (cause: unknown) => ({ cause });
