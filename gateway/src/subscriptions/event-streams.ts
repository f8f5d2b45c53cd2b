import type { FastifyReply } from 'fastify';
import type { Caller } from '../identity/caller.ts';
import type { OperationCall } from '../operations/operation-call.ts';
import type { OperationParams } from '../operations/operation-params.ts';
import type { Heartbeats } from './connections/heartbeats.ts';
import type { StreamedOperations } from './connections/streamed-operations.ts';
import { showsCheckpoints } from './positions/resume-request.ts';
import { EventStream, type EventStreamDependencies } from './sse/event-stream.ts';

export interface EventStreamsDependencies extends EventStreamDependencies {
  readonly operations: StreamedOperations;
  readonly heartbeats: Heartbeats;
}

/** Answers requests with event streams, and keeps a list of the open streams. */
export class EventStreams {
  readonly #dependencies: EventStreamsDependencies;
  readonly #open = new Set<EventStream>();

  constructor(dependencies: EventStreamsDependencies) {
    this.#dependencies = dependencies;
  }

  /** Sends the answers over the reply. A failure of the operation becomes an event. */
  serve(reply: FastifyReply, params: OperationParams, caller: Caller, call: OperationCall): void {
    reply.hijack();
    const stream = new EventStream(reply.raw, caller, showsCheckpoints(params), this.#dependencies);
    this.#opened(stream);
    reply.raw.once('close', () => this.#closed(stream));
    stream.open(reply);
    this.#dependencies.operations
      .start(params, call, stream)
      .then((leave) => stream.began(leave))
      .catch((error: unknown) => stream.failed(error));
  }

  /** Ends every stream without a `complete` event, so clients reconnect. */
  close(): void {
    for (const stream of this.#open) stream.interrupt();
  }

  #opened(stream: EventStream): void {
    this.#open.add(stream);
    this.#dependencies.heartbeats.add(stream);
    this.#dependencies.counts.eventStreams += 1;
    this.#dependencies.counts.operations += 1;
  }

  #closed(stream: EventStream): void {
    stream.closed();
    this.#open.delete(stream);
    this.#dependencies.heartbeats.delete(stream);
    this.#dependencies.counts.eventStreams -= 1;
    this.#dependencies.counts.operations -= 1;
  }
}
