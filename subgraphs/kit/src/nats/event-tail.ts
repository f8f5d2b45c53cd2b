import type { EventEnvelope } from '../contracts/index.ts';
import { readEvent } from './event-message.ts';
import type { EventPosition, HistoryStart } from '../messaging/index.ts';
import type { Nats } from './nats.ts';
import { ReadingLoop } from './reading-loop.ts';
import type { EventTrust } from './trust/event-trust.ts';

/** As in a partition's reader: how long a request waits at the server, and the client's pause after a failed one. */
const PULL_MS = 5000;

export interface TailOptions {
  readonly nats: Nats;
  /** An event that it refuses is reported and passed over. */
  readonly trust: EventTrust;
  readonly stream: string;
  readonly filter: string;
  /** How many places before the present end it begins. Default 0: only what comes is received. */
  readonly lookBack?: number;
  /** Told where it begins. Default: nobody is. */
  readonly begun?: (start: HistoryStart) => void;
  /** Told, maybe several times, when it has had the events of the past. Default: nobody is. */
  readonly caughtUp?: () => void;
  /** Gets one event after the other. */
  readonly receive: (envelope: EventEnvelope, position: EventPosition) => void | Promise<void>;
  /** Told when the stream cannot be read; it is tried again. */
  readonly onError: (error: unknown) => void;
}

/**
 * All events of a stream from now on, in order, for this process alone. Keeps its place over lost connections and restarts of the
 * server, so that nothing is missed that the stream still holds.
 */
export class EventTail {
  readonly #options: TailOptions;
  readonly #opened = Promise.withResolvers<void>();
  readonly #loop: ReadingLoop;
  /** The place of the next event, once the stream told us. */
  #next: number | undefined;
  /** What comes before this place is of the past. */
  #present = 0;

  constructor(options: TailOptions) {
    this.#options = options;
    this.#loop = new ReadingLoop((stopping) => this.#read(stopping), options.onError);
  }

  /** Resolves when every event that is published from then on will come. */
  opened(): Promise<void> {
    return this.#opened.promise;
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
    this.#opened.resolve();
  }

  async #read(stopping: AbortSignal): Promise<void> {
    const { nats, trust, stream, filter, receive, onError } = this.#options;
    // By its number and not "from now on": a consumer that is made anew before its first event would skip what came meanwhile.
    this.#next ??= await this.#begin();
    const source = await nats.jetstream.consumers.get(stream, { filterSubjects: filter, opt_start_seq: this.#next });
    if ((await source.info()).num_pending === 0) this.#caughtUp();
    const messages = await source.consume({ max_messages: 500, expires: PULL_MS });
    const stop = () => void messages.close();
    stopping.addEventListener('abort', stop);
    try {
      for await (const message of messages) {
        const { envelope, problem } = readEvent(message, trust);
        if (problem) onError(problem);
        else if (envelope) await receive(envelope, { sequence: message.seq, isPast: message.seq < this.#present });
        this.#next = message.seq + 1;
        if (message.info.pending === 0 || this.#next >= this.#present) this.#caughtUp();
      }
    } finally {
      stopping.removeEventListener('abort', stop);
      await source.delete().catch(() => undefined); // else the server does so in five minutes
    }
  }

  #caughtUp(): void {
    this.#options.caughtUp?.();
    this.#opened.resolve();
  }

  /** Where to begin. */
  async #begin(): Promise<number> {
    const { nats, stream, lookBack = 0, begun } = this.#options;
    const manager = await nats.connection.jetstreamManager();
    const { created, state } = await manager.streams.info(stream);
    this.#present = state.last_seq + 1;
    // What the stream has forgotten was there once: only what it still holds is known.
    const first = Math.max(1, state.first_seq, this.#present - lookBack);
    // A stream that was made anew counts from 1 again: its numbers must not be taken for those of the old one.
    begun?.({ epoch: Date.parse(created).toString(36), last: state.last_seq, knownAfter: first - 1 });
    return first;
  }
}
