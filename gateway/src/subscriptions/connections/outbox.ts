import type { Writable } from 'node:stream';

/** Something to send on a connection, written when the connection can take it. */
export interface Outgoing {
  /** About how much memory it keeps while it waits. */
  readonly bytes: number;
  writeTo(connection: Writable): void;
}

/** How much may wait for a client that reads more slowly than answers come. */
export interface OutboxLimits {
  /** Answers. */
  readonly waiting: number;
  /** Of all of them together; a single one may be larger. */
  readonly waitingBytes: number;
}

/**
 * What goes out on one connection, in order. While the connection's own buffer is full, answers wait here, shared with
 * everybody else who gets them; when too many do, the client is given up.
 */
export class Outbox {
  readonly #connection: Writable;
  readonly #limits: OutboxLimits;
  readonly #onOverflow: () => void;
  #waiting: Outgoing[] | null = null;
  #waitingBytes = 0;
  #closed = false;

  /** @param onOverflow called once, with the outbox closed and empty. */
  constructor(connection: Writable, limits: OutboxLimits, onOverflow: () => void) {
    this.#connection = connection;
    this.#limits = limits;
    this.#onOverflow = onOverflow;
  }

  send(outgoing: Outgoing): void {
    if (this.#closed) return;
    if (!this.#waiting && !this.#connection.writableNeedDrain) outgoing.writeTo(this.#connection);
    else this.#wait(outgoing);
  }

  /** Nothing more goes out; what waits is forgotten. */
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
    for (const outgoing of waiting ?? []) this.send(outgoing); // the rest waits again, behind the same limits
  }
}

/** Bytes as they are. */
export function outgoing(bytes: Buffer): Outgoing {
  return { bytes: bytes.length, writeTo: (connection) => void connection.write(bytes) };
}
