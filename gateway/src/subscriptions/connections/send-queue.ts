import type { Writable } from 'node:stream';

/** A message, which is written when the connection can take it. */
export interface Outgoing {
  /** The approximate memory of the waiting message, in bytes. */
  readonly bytes: number;
  writeTo(connection: Writable): void;
}

/** Limits of the queue of a client that reads more slowly than answers come. */
export interface SendQueueLimits {
  /** The maximum number of messages. */
  readonly waiting: number;
  /** The maximum size of all messages together. A single message may be larger. */
  readonly waitingBytes: number;
}

/**
 * The messages of one connection, in order. While the connection's own buffer is full, messages wait here. Queues share the memory of a
 * message that goes to many subscribers. A queue over its limits closes.
 */
export class SendQueue {
  readonly #connection: Writable;
  readonly #limits: SendQueueLimits;
  readonly #onOverflow: () => void;
  #waiting: Outgoing[] | null = null;
  #waitingBytes = 0;
  #closed = false;

  /** @param onOverflow called once when the queue exceeds a limit, after the queue was closed and emptied */
  constructor(connection: Writable, limits: SendQueueLimits, onOverflow: () => void) {
    this.#connection = connection;
    this.#limits = limits;
    this.#onOverflow = onOverflow;
  }

  send(outgoing: Outgoing): void {
    if (this.#closed) return;
    if (!this.#waiting && !this.#connection.writableNeedDrain) outgoing.writeTo(this.#connection);
    else this.#wait(outgoing);
  }

  /** Drops the waiting messages. Later messages are ignored. */
  close(): void {
    this.#closed = true;
    this.#waiting = null;
  }

  #wait(outgoing: Outgoing): void {
    const waiting = this.#waiting ?? this.#startWaiting();
    waiting.push(outgoing);
    this.#waitingBytes += outgoing.bytes;
    if (
      waiting.length <= this.#limits.waiting &&
      (waiting.length === 1 || this.#waitingBytes <= this.#limits.waitingBytes)
    )
      return;
    this.close();
    this.#onOverflow();
  }

  #startWaiting(): Outgoing[] {
    this.#connection.once('drain', () => this.#drain());
    this.#waitingBytes = 0;
    return (this.#waiting = []);
  }

  #drain(): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    for (const outgoing of waiting ?? []) this.send(outgoing); // the rest waits again, within the same limits
  }
}

/** A message of the given bytes. */
export function outgoing(bytes: Buffer): Outgoing {
  return { bytes: bytes.length, writeTo: (connection) => void connection.write(bytes) };
}
