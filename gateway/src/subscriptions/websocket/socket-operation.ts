import type { Writable } from 'node:stream';
import type { Outgoing } from '../connections/outbox.ts';
import type { AnswerReader, Leave } from '../connections/streamed-operations.ts';
import type { SharedAnswer } from '../shared-answer.ts';
import { nextHead } from './next-frames.ts';

/** Where an operation's answers go. */
export interface SocketAnswers {
  answer(operation: SocketOperation, answer: SharedAnswer): void;
  ended(operation: SocketOperation): void;
}

/** One operation of a socket, from `subscribe` until nothing more of it is sent. */
export class SocketOperation implements AnswerReader {
  readonly id: string;
  readonly #head: string;
  readonly #socket: SocketAnswers;
  readonly #takesMarks: boolean;
  #leave: Leave | null = null;
  #over = false;

  /** @param takesMarks whether its client expects messages that only say where it is. */
  constructor(id: string, socket: SocketAnswers, takesMarks: boolean) {
    this.id = id;
    this.#takesMarks = takesMarks;
    this.#head = nextHead(id);
    this.#socket = socket;
  }

  /** It runs; this is how to leave it. */
  began(leave: Leave): void {
    if (this.#over) leave();
    else this.#leave = leave;
  }

  next(answer: SharedAnswer): void {
    if (this.#over || (answer.place?.isMark && !this.#takesMarks)) return;
    this.#socket.answer(this, answer);
  }

  end(): void {
    if (!this.#over) this.#socket.ended(this);
  }

  /** Nothing more of it is sent. */
  stop(): void {
    this.#over = true;
    this.#leave?.();
    this.#leave = null;
  }

  /** An answer as its `next` message. */
  nextOf({ frames }: SharedAnswer): Outgoing {
    return new NextMessage(frames, this.#head);
  }
}

class NextMessage implements Outgoing {
  readonly #frames: SharedAnswer['frames'];
  readonly #head: string;

  constructor(frames: SharedAnswer['frames'], head: string) {
    this.#frames = frames;
    this.#head = head;
  }

  get bytes(): number {
    return this.#frames.bytes;
  }

  writeTo(connection: Writable): void {
    this.#frames.writeTo(connection, this.#head);
  }
}
