import type { EventEnvelope } from '@souk/kit/contracts';
import { readEvent } from './event-message.ts';
import type { EventPosition, HistoryStart } from '@souk/kit/messaging';
import { AckPolicy, DeliverPolicy, nanos, type ConsumerConfig, type JsMsg, type StreamInfo } from 'nats';
import { randomUUID } from 'node:crypto';
import type { Nats } from './nats.ts';
import { nullOnError, STREAM_NOT_FOUND } from './jetstream-errors.ts';
import { ReadingLoop } from './reading-loop.ts';
import type { EventTrust } from './trust/event-trust.ts';

/**
 * How long a request waits at the server, in ms, and how long the client pauses after a failed request. A partition's reader uses the same
 * time.
 */
const PULL_MS = 5000;

/**
 * How often a tail checks that its stream still exists, in ms. The check is needed because a consumer of a lost stream waits without an
 * error.
 */
const CHECK_MS = 2000;

/** The time in ms after which the server deletes the consumer of a process that ended without deleting its consumer. */
const FORGOTTEN_MS = 300_000;

/** Reports that the stream was deleted, or that another stream has its name. */
class StreamLostError extends Error {
  constructor(stream: string) {
    super(
      `Stream ${stream} was lost. Run \`npm run serve -- migrate\` to create it again with the last events; reading then continues with the new stream`,
    );
    this.name = 'StreamLostError';
  }
}

/** Reports that messages were lost. Without acknowledgements the server sends no message again, so a gap in the numbers shows the loss. */
class MessagesLostError extends Error {
  constructor(stream: string) {
    super(`Messages of stream ${stream} were lost on their way; they are read again from the stream`);
    this.name = 'MessagesLostError';
  }
}

export interface TailOptions {
  readonly nats: Nats;
  /** Checks each event. The tail reports and skips a refused event. */
  readonly trust: EventTrust;
  readonly stream: string;
  readonly filter: string;
  /** How many past events the tail reads before the new events. @default 0, so that only new events are received */
  readonly lookBack?: number;
  /** Called with the start position at the first start, and again for each stream that replaces a lost one. */
  readonly begun?: (start: HistoryStart) => void;
  /**
   * Called when another stream has replaced a lost stream. Some events of the lost stream may never have arrived. Reading continues with
   * the first event of the new stream once the promise resolves. A rejection is reported, and the call is repeated.
   */
  readonly replaced?: () => Promise<void>;
  /** Called, possibly several times, when all past events were received. @default no call */
  readonly caughtUp?: () => void;
  /** Receives the events, one at a time. */
  readonly receive: (envelope: EventEnvelope, position: EventPosition) => void | Promise<void>;
  /** Called when the stream cannot be read. The tail then tries again. */
  readonly onError: (error: unknown) => void;
}

/**
 * Reads all new events of a stream in order, for this process alone. The tail keeps its position when connections are lost and servers
 * restart, so it misses no event that the stream still holds.
 */
export class EventTail {
  readonly #options: TailOptions;
  readonly #opened = Promise.withResolvers<void>();
  readonly #loop: ReadingLoop;
  /** The sequence number of the next event, once the stream's state is known. */
  #next: number | undefined;
  /** The sequence number of the first event that is not in the past. */
  #present = 0;
  /**
   * The creation time of the stream, as the server writes it. The time distinguishes a stream from an earlier stream with the same name.
   */
  #created: string | undefined;

  constructor(options: TailOptions) {
    this.#options = options;
    this.#loop = new ReadingLoop((stopping) => this.#read(stopping), options.onError);
  }

  /** Resolves when the tail will receive every event that is published from then on. */
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
   * A consumer of this process alone. The consumers that nats.js calls ordered are not used: after one failed request to create them,
   * nats.js pauses for up to 30 s, up to 30 times, and creates a consumer even for a reader that stopped.
   * @param start the sequence number of the first event. A consumer that starts "from now on" would skip events when it is created again
   * before its first event.
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

  /** Whether the stream is gone. If the server does not answer, the stream counts as present. */
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

  /** The sequence number of the next event to read. */
  async #place(): Promise<number> {
    const info = await this.#info();
    if (this.#next === undefined) return this.#begin(info);
    if (info.created === this.#created) return this.#next;
    await this.#options.replaced?.();
    return this.#beginAnew(info);
  }

  /** Starts with the first event of a stream that replaced a lost one, because all its events are new to this process. */
  #beginAnew({ created, state }: StreamInfo): number {
    const first = Math.max(1, state.first_seq);
    this.#created = created;
    this.#present = first;
    this.#options.begun?.({ epoch: epochOf(created), last: first - 1, knownAfter: first - 1 });
    return first;
  }

  /** The sequence number to begin with. */
  #begin({ created, state }: StreamInfo): number {
    const { lookBack = 0, begun } = this.#options;
    this.#created = created;
    this.#present = state.last_seq + 1;
    // The stream once held older events. Only the events that the stream still holds are known.
    const first = Math.max(1, state.first_seq, this.#present - lookBack);
    begun?.({ epoch: epochOf(created), last: state.last_seq, knownAfter: first - 1 });
    return first;
  }
}

/**
 * The epoch of a stream's positions. A stream that was created again counts from 1, so its positions must differ from the positions of the
 * lost stream.
 */
function epochOf(created: string): string {
  return Date.parse(created).toString(36);
}
