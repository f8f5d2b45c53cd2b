import type { Writable } from 'node:stream';

/** A message that is written when the connection is ready for it. */
export interface Outgoing {
  /** The approximate memory of the waiting message, in bytes. */
  readonly bytes: number;
  writeTo(connection: Writable): void;
}

/** Limits of a send queue. A client that reads too slowly fills its queue. */
export interface SendQueueLimits {
  /** The maximum number of waiting messages. */
  readonly waiting: number;
  /** The maximum size of all waiting messages, in bytes. A single message may be larger. */
  readonly waitingBytes: number;
}

/**
 * The messages of one connection, in order. Messages wait here while the connection's buffer is full. A message for many subscribers is one
 * object in all their queues. A queue that exceeds its limits closes.
 */
export class SendQueue {
  readonly #connection: Writable;
  readonly #limits: SendQueueLimits;
  readonly #onOverflow: () => void;
  #waiting: Outgoing[] | null = null;
  #waitingBytes = 0;
  #closed = false;

  /** @param onOverflow called once, after the queue was closed and emptied because it exceeded a limit */
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

  /** Drops the waiting messages, and ignores later messages. */
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
