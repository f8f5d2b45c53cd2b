import type { EventEnvelope } from '@souk/kit/contracts';
import { readEvent } from './event-message.ts';
import type { EventPosition, HistoryStart } from '@souk/kit/messaging';
import { AckPolicy, DeliverPolicy, nanos, type ConsumerConfig, type JsMsg, type StreamInfo } from 'nats';
import { randomUUID } from 'node:crypto';
import type { Nats } from './nats.ts';
import { nullOnError, STREAM_NOT_FOUND } from './jetstream-errors.ts';
import { ReadingLoop } from './reading-loop.ts';
import type { EventTrust } from './trust/event-trust.ts';

/** How long a request for messages waits at the server, in ms. The client pauses for the same time after a failed request. */
const PULL_MS = 5000;

/**
 * How often a tail checks that its stream still exists, in ms. Without the check, a reader of a deleted stream would wait forever, because
 * the server reports no error.
 */
const CHECK_MS = 2000;

/** Time in ms after which the server deletes the consumer of a crashed process. */
const FORGOTTEN_MS = 300_000;

/** Reports that the stream was deleted, or replaced by a new stream with the same name. */
class StreamLostError extends Error {
  constructor(stream: string) {
    super(
      `Stream ${stream} was lost. Run \`npm run serve -- migrate\` to create it again with the last events; reading then continues with the new stream`,
    );
    this.name = 'StreamLostError';
  }
}

/**
 * Reports a gap in the delivery numbers of the messages. The server does not send lost messages again, because the tail does not
 * acknowledge messages.
 */
class MessagesLostError extends Error {
  constructor(stream: string) {
    super(`Messages of stream ${stream} were lost on their way; they are read again from the stream`);
    this.name = 'MessagesLostError';
  }
}

export interface TailOptions {
  readonly nats: Nats;
  /** Checks the signature of each event. An event that fails the check is reported and skipped. */
  readonly trust: EventTrust;
  readonly stream: string;
  readonly filter: string;
  /** How many past events the tail reads before new events. @default 0 */
  readonly lookBack?: number;
  /** Called with the start position when reading begins, and again for each stream that replaces a lost stream. */
  readonly begun?: (start: HistoryStart) => void;
  /**
   * Called when a new stream has replaced a lost stream, whose last events may never have arrived. When the promise resolves, reading
   * continues with the first event of the new stream. After a rejection, the error is reported and the call is repeated.
   */
  readonly replaced?: () => Promise<void>;
  /** Called, possibly several times, when all past events have been received. @default no call */
  readonly caughtUp?: () => void;
  /** Receives the events, one at a time. */
  readonly receive: (envelope: EventEnvelope, position: EventPosition) => void | Promise<void>;
  /** Called when the stream cannot be read. The tail then tries again. */
  readonly onError: (error: unknown) => void;
}

/**
 * Reads all new events of a stream in order, for this process alone. The tail keeps its position when connections are lost or servers
 * restart. It therefore receives every event that is still in the stream.
 */
export class EventTail {
  readonly #options: TailOptions;
  readonly #opened = Promise.withResolvers<void>();
  readonly #loop: ReadingLoop;
  /** The sequence number of the next event. Undefined until the state of the stream is known. */
  #next: number | undefined;
  /** The sequence number of the first event that was published after the start. */
  #present = 0;
  /** The creation time of the stream, as the server formats it. A different time means another stream with the same name. */
  #created: string | undefined;

  constructor(options: TailOptions) {
    this.#options = options;
    this.#loop = new ReadingLoop((stopping) => this.#read(stopping), options.onError);
  }

  /** Resolves when the tail has caught up, and receives every event that is published from then on. */
  opened(): Promise<void> {
    return this.#opened.promise;
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
    this.#opened.resolve();
  }

  async #read(stopping: AbortSignal): Promise<void> {
    const { nats, stream } = this.#options;
    this.#next = await this.#place();
    const manager = await nats.connection.jetstreamManager();
    const { name, num_pending } = await manager.consumers.add(stream, this.#consumerFrom(this.#next));
    let isLost = false;
    try {
      if (num_pending === 0) this.#caughtUp();
      const source = await nats.jetstream.consumers.get(stream, name);
      const messages = await source.consume({ max_messages: 500, expires: PULL_MS, abort_on_missing_resource: true });
      const stop = () => void messages.close();
      stopping.addEventListener('abort', stop);
      const check = setInterval(() => {
        void this.#isLost().then((lost) => {
          isLost ||= lost;
          if (lost) stop();
        });
      }, CHECK_MS);
      try {
        await this.#receiveAll(messages);
      } finally {
        clearInterval(check);
        stopping.removeEventListener('abort', stop);
        stop();
      }
      if (isLost) throw new StreamLostError(stream);
    } finally {
      if (!isLost) await manager.consumers.delete(stream, name).catch(() => undefined);
    }
  }

  async #receiveAll(messages: AsyncIterable<JsMsg>): Promise<void> {
    const { trust, receive, onError } = this.#options;
    let delivered = 0;
    for await (const message of messages) {
      delivered += 1;
      if (message.info.deliverySequence !== delivered) throw new MessagesLostError(this.#options.stream);
      const { envelope, problem } = readEvent(message, trust);
      if (problem) onError(problem);
      else if (envelope) await receive(envelope, { sequence: message.seq, isPast: message.seq < this.#present });
      this.#next = message.seq + 1;
      if (message.info.pending === 0 || this.#next >= this.#present) this.#caughtUp();
    }
  }

  /**
   * The configuration of a consumer for this process alone. nats.js' ordered consumers are not used. After a failed request an ordered
   * consumer pauses for up to 30 s, up to 30 times, and it creates a consumer on the server even after the reader stopped.
   * @param start the sequence number of the first event. "New events only" would skip events when the consumer is created again before its
   * first event.
   */
  #consumerFrom(start: number): Partial<ConsumerConfig> {
    return {
      name: `tail-${randomUUID()}`,
      filter_subject: this.#options.filter,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: start,
      ack_policy: AckPolicy.None,
      max_deliver: 1,
      mem_storage: true,
      num_replicas: 1,
      inactive_threshold: nanos(FORGOTTEN_MS),
    };
  }

  #caughtUp(): void {
    this.#options.caughtUp?.();
    this.#opened.resolve();
  }

  /** Whether the stream was deleted or replaced. False when the server does not answer. */
  async #isLost(): Promise<boolean> {
    try {
      const info = await nullOnError(this.#info(), STREAM_NOT_FOUND);
      return info?.created !== this.#created;
    } catch {
      return false;
    }
  }

  async #info(): Promise<StreamInfo> {
    const manager = await this.#options.nats.connection.jetstreamManager();
    return manager.streams.info(this.#options.stream);
  }

  async #place(): Promise<number> {
    const info = await this.#info();
    if (this.#next === undefined) return this.#begin(info);
    if (info.created === this.#created) return this.#next;
    await this.#options.replaced?.();
    return this.#beginAnew(info);
  }

  /** Begins with the first event of a stream that replaced a lost stream, because all its events are new to this process. */
  #beginAnew({ created, state }: StreamInfo): number {
    const first = Math.max(1, state.first_seq);
    this.#created = created;
    this.#present = first;
    this.#options.begun?.({ epoch: epochOf(created), last: first - 1, knownAfter: first - 1 });
    return first;
  }

  /** Begins to read a stream. @returns the sequence number of the first event to read */
  #begin({ created, state }: StreamInfo): number {
    const { lookBack = 0, begun } = this.#options;
    this.#created = created;
    this.#present = state.last_seq + 1;
    // The look-back ends at the oldest event that is still in the stream.
    const first = Math.max(1, state.first_seq, this.#present - lookBack);
    begun?.({ epoch: epochOf(created), last: state.last_seq, knownAfter: first - 1 });
    return first;
  }
}

/**
 * The epoch of a stream's positions. A stream that is created again counts from 1, so its epoch must differ from the epoch of the lost
 * stream.
 */
function epochOf(created: string): string {
  return Date.parse(created).toString(36);
}
