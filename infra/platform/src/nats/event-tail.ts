import type { EventEnvelope } from '@souk/kit/contracts';
import { readEvent } from './event-message.ts';
import type { EventPosition, HistoryStart } from '@souk/kit/messaging';
import type { StreamInfo } from 'nats';
import type { Nats } from './nats.ts';
import { orNull, STREAM_NOT_FOUND } from './or-null.ts';
import { ReadingLoop } from './reading-loop.ts';
import type { EventTrust } from './trust/event-trust.ts';

/** As in a partition's reader: how long a request waits at the server, and the client's pause after a failed one. */
const PULL_MS = 5000;

/** How often a tail checks that the stream that it reads still exists. A consumer of a lost stream waits without an error. */
const CHECK_MS = 2000;

/** The stream that was read is gone, or another one has its name. */
class StreamLostError extends Error {
  constructor(stream: string) {
    super(
      `the stream ${stream} was lost: \`npm run events -- migrate\` makes it anew, and reading goes on with the new one`,
    );
    this.name = 'StreamLostError';
  }
}

export interface TailOptions {
  readonly nats: Nats;
  /** An event that it refuses is reported and passed over. */
  readonly trust: EventTrust;
  readonly stream: string;
  readonly filter: string;
  /** How many places before the present end it begins. Default 0: only what comes is received. */
  readonly lookBack?: number;
  /** Called with the place where reading begins: once, and again for each stream that takes the place of a lost one. */
  readonly begun?: (start: HistoryStart) => void;
  /**
   * Called when another stream has taken the place of the one that was read: events of the lost stream may never have arrived. The tail
   * goes on with the first event of the new stream once this resolves. A throw is reported and repeated.
   */
  readonly replaced?: () => Promise<void>;
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
  /** When the stream was created, as the server writes it: names the stream among those of one name. */
  #created: string | undefined;

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
    this.#next = await this.#place();
    const source = await nats.jetstream.consumers.get(stream, { filterSubjects: filter, opt_start_seq: this.#next });
    if ((await source.info()).num_pending === 0) this.#caughtUp();
    const messages = await source.consume({ max_messages: 500, expires: PULL_MS });
    const stop = () => void messages.close();
    stopping.addEventListener('abort', stop);
    let isLost = false;
    const check = setInterval(() => {
      void this.#isLost().then((lost) => {
        isLost ||= lost;
        if (lost) stop();
      });
    }, CHECK_MS);
    try {
      for await (const message of messages) {
        const { envelope, problem } = readEvent(message, trust);
        if (problem) onError(problem);
        else if (envelope) await receive(envelope, { sequence: message.seq, isPast: message.seq < this.#present });
        this.#next = message.seq + 1;
        if (message.info.pending === 0 || this.#next >= this.#present) this.#caughtUp();
      }
      if (isLost) throw new StreamLostError(stream);
    } finally {
      clearInterval(check);
      stopping.removeEventListener('abort', stop);
      if (!isLost) await source.delete().catch(() => undefined); // else the server does so in five minutes
    }
  }

  #caughtUp(): void {
    this.#options.caughtUp?.();
    this.#opened.resolve();
  }

  /** Whether the stream that is read is gone. A server that does not answer says nothing about that. */
  async #isLost(): Promise<boolean> {
    try {
      const info = await orNull(this.#info(), STREAM_NOT_FOUND);
      return info?.created !== this.#created;
    } catch {
      return false;
    }
  }

  async #info(): Promise<StreamInfo> {
    const manager = await this.#options.nats.connection.jetstreamManager();
    return manager.streams.info(this.#options.stream);
  }

  /** The place of the next event to read. */
  async #place(): Promise<number> {
    const info = await this.#info();
    if (this.#next === undefined) return this.#begin(info);
    if (info.created === this.#created) return this.#next;
    await this.#options.replaced?.();
    return this.#beginAnew(info);
  }

  /** Every event of a stream that took the place of a lost one is new to this process. */
  #beginAnew({ created, state }: StreamInfo): number {
    const first = Math.max(1, state.first_seq);
    this.#created = created;
    this.#present = first;
    this.#options.begun?.({ epoch: epochOf(created), last: first - 1, knownAfter: first - 1 });
    return first;
  }

  /** Where to begin. */
  #begin({ created, state }: StreamInfo): number {
    const { lookBack = 0, begun } = this.#options;
    this.#created = created;
    this.#present = state.last_seq + 1;
    // What the stream has forgotten was there once: only what it still holds is known.
    const first = Math.max(1, state.first_seq, this.#present - lookBack);
    begun?.({ epoch: epochOf(created), last: state.last_seq, knownAfter: first - 1 });
    return first;
  }
}

/** A stream that was made anew counts from 1 again: its numbers must not be taken for those of the lost one. */
function epochOf(created: string): string {
  return Date.parse(created).toString(36);
}
