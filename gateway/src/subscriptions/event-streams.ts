import type { FastifyReply } from 'fastify';
import type { Caller } from '../identity/caller.ts';
import type { OperationCall } from '../operations/operation-call.ts';
import type { OperationParams } from '../operations/operation-params.ts';
import type { Rounds } from './connections/rounds.ts';
import type { StreamedOperations } from './connections/streamed-operations.ts';
import { showsMarks } from './positions/resume-request.ts';
import { EventStream, type EventStreamParts } from './sse/event-stream.ts';

/** What event streams need. */
export interface EventStreamsParts extends EventStreamParts {
  readonly operations: StreamedOperations;
  readonly rounds: Rounds;
}

/** Answers requests with event streams, and knows those that are open. */
export class EventStreams {
  readonly #parts: EventStreamsParts;
  readonly #open = new Set<EventStream>();

  constructor(parts: EventStreamsParts) {
    this.#parts = parts;
  }

  /** Takes the reply over. Every failure of the operation is an event. */
  serve(reply: FastifyReply, params: OperationParams, caller: Caller, call: OperationCall): void {
    reply.hijack();
    const stream = new EventStream(reply.raw, caller, showsMarks(params), this.#parts);
    this.#opened(stream);
    reply.raw.once('close', () => this.#closed(stream));
    stream.open(reply);
    this.#parts.operations
      .start(params, call, stream)
      .then((leave) => stream.began(leave))
      .catch((error: unknown) => stream.failed(error));
  }

  /** Ends every stream; their clients may connect again. */
  close(): void {
    for (const stream of this.#open) stream.interrupt();
  }

  #opened(stream: EventStream): void {
    this.#open.add(stream);
    this.#parts.rounds.add(stream);
    this.#parts.counts.eventStreams += 1;
    this.#parts.counts.operations += 1;
  }

  #closed(stream: EventStream): void {
    stream.closed();
    this.#open.delete(stream);
    this.#parts.rounds.delete(stream);
    this.#parts.counts.eventStreams -= 1;
    this.#parts.counts.operations -= 1;
  }
}
