import type { Writable } from 'node:stream';
import type { Outgoing } from '../connections/send-queue.ts';
import type { AnswerReader, Leave } from '../connections/streamed-operations.ts';
import type { SharedAnswer } from '../shared-answer.ts';
import { nextHead } from './next-frames.ts';

/** The methods of a socket that its operations call. */
export interface SocketAnswers {
  answer(operation: SocketOperation, answer: SharedAnswer): void;
  ended(operation: SocketOperation): void;
}

/** One operation of a socket, from `subscribe` to its last message. */
export class SocketOperation implements AnswerReader {
  readonly id: string;
  readonly #head: string;
  readonly #socket: SocketAnswers;
  readonly #takesCheckpoints: boolean;
  #leave: Leave | null = null;
  #over = false;

  /** @param takesCheckpoints whether the client expects messages without data */
  constructor(id: string, socket: SocketAnswers, takesCheckpoints: boolean) {
    this.id = id;
    this.#takesCheckpoints = takesCheckpoints;
    this.#head = nextHead(id);
    this.#socket = socket;
  }

  /**
   * Called when the operation has begun.
   * @param leave ends the operation
   */
  began(leave: Leave): void {
    if (this.#over) leave();
    else this.#leave = leave;
  }

  next(answer: SharedAnswer): void {
    if (this.#over || (answer.place?.isCheckpoint && !this.#takesCheckpoints)) return;
    this.#socket.answer(this, answer);
  }

  end(): void {
    if (!this.#over) this.#socket.ended(this);
  }

  /** Ends the operation. The client receives no further message. */
  stop(): void {
    this.#over = true;
    this.#leave?.();
    this.#leave = null;
  }

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
