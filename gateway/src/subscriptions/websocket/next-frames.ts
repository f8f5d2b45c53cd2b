import type { Writable } from 'node:stream';
import { openTextFrame, type OpenFrame } from './text-frame.ts';

const END = Buffer.from('}');

/** The start of every `next` message of an operation, in ASCII. Other characters are escaped, so each character is one byte. */
export function nextHead(operationId: string): string {
  const id = JSON.stringify(operationId).replace(/[^ -~]/g, escaped);
  return `{"id":${id},"type":"next","payload":`;
}

/**
 * One answer as `next` frames for many sockets. The frames differ only in the operation's id, so one buffer serves all
 * ids of the same length, such as UUIDs. The id is written into the buffer, and the kernel copies it. When a socket
 * cannot write immediately, it keeps the buffer, and the next socket gets a new buffer.
 */
export class NextFrames {
  readonly #payload: Buffer;
  #frame: OpenFrame | null = null;
  #headLength = 0;

  /** @param payload the answer as JSON */
  constructor(payload: Buffer) {
    this.#payload = payload;
  }

  /** Approximate size of one frame in bytes. */
  get bytes(): number {
    return this.#payload.length;
  }

  /** @param head the start of the operation's messages, from `nextHead` */
  writeTo(socket: Writable, head: string): void {
    const { buffer, start } = this.#frameFor(head.length);
    buffer.write(head, start, 'latin1');
    socket.write(buffer);
    if (socket.writableLength > 0) this.#frame = null;
  }

  #frameFor(headLength: number): OpenFrame {
    if (this.#frame && this.#headLength === headLength) return this.#frame;
    const frame = openTextFrame(headLength + this.#payload.length + END.length);
    this.#payload.copy(frame.buffer, frame.start + headLength);
    END.copy(frame.buffer, frame.start + headLength + this.#payload.length);
    this.#headLength = headLength;
    this.#frame = frame;
    return frame;
  }
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
