import type { FastifyReply } from 'fastify';
import { GraphQLError } from 'graphql';
import type { ServerResponse } from 'node:http';
import type { Caller } from '../../identity/caller.ts';
import { VALIDITY_PROBLEMS, type CallerValidity, type ValidityProblem } from '../connections/caller-validity.ts';
import { SendQueue, outgoing, type SendQueueLimits } from '../connections/send-queue.ts';
import type { OpenConnection } from '../connections/heartbeats.ts';
import type { AnswerReader, Leave } from '../connections/streamed-operations.ts';
import type { RunningCounts } from '../connections/subscription-counts.ts';
import { SharedAnswer } from '../shared-answer.ts';

export interface EventStreamDependencies {
  readonly validity: CallerValidity;
  readonly counts: RunningCounts;
  readonly sendQueue: SendQueueLimits;
  /** Called with the unexpected error that ended a stream. */
  readonly onUnexpectedError: (error: unknown) => void;
}

/** The headers of an event stream. `no-transform` and nginx's header prevent proxies from buffering events. */
const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
};
/** A comment line, which clients ignore. It is sent first, so that proxies forward the headers immediately. */
const COMMENT = Buffer.from(':\n\n');
/** The reason for the end of a stream, as a comment for developers. */
const EXPIRED = Buffer.from(`: TOKEN_EXPIRED: ${VALIDITY_PROBLEMS.TOKEN_EXPIRED}\n\n`);
/** The last event of a complete stream. Browsers do not dispatch an event without `data`. */
const COMPLETE = Buffer.from('event: complete\ndata:\n\n');
/** How long a client may take to read its last event before the connection is destroyed, in milliseconds. */
const CLOSE_PATIENCE_MS = 3000;

/** The answers to one operation as Server-Sent Events (graphql-sse, "distinct connections mode"). */
export class EventStream implements AnswerReader, OpenConnection {
  readonly #response: ServerResponse;
  readonly #caller: Caller;
  readonly #showsCheckpoints: boolean;
  readonly #dependencies: EventStreamDependencies;
  readonly #sendQueue: SendQueue;
  #leave: Leave | null = null;
  #over = false;

  /** @param showsCheckpoints whether checkpoints are dispatched as events */
  constructor(
    response: ServerResponse,
    caller: Caller,
    showsCheckpoints: boolean,
    dependencies: EventStreamDependencies,
  ) {
    this.#response = response;
    this.#caller = caller;
    this.#showsCheckpoints = showsCheckpoints;
    this.#dependencies = dependencies;
    this.#sendQueue = new SendQueue(response, dependencies.sendQueue, () => this.#tooSlow());
  }

  /** Sends the response headers, including the headers that the reply already has. */
  open(reply: FastifyReply): void {
    for (const [name, value] of Object.entries({ ...reply.getHeaders(), ...HEADERS })) {
      if (value !== undefined) this.#response.setHeader(name, value);
    }
    this.#response.writeHead(200);
    this.#response.write(COMMENT);
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
    this.checkCaller();
    if (this.#over) return;
    this.#dependencies.counts.answers += 1;
    this.#sendQueue.send(outgoing(this.#showsCheckpoints ? answer.shownEvent : answer.event));
  }

  end(): void {
    if (this.#over) return;
    this.#stop();
    this.#sendQueue.send({ bytes: COMPLETE.length, writeTo: () => void this.#response.end(COMPLETE) });
  }

  checkCaller(): void {
    const problem = this.#over ? null : this.#callerProblem();
    if (!problem) return;
    this.#dependencies.counts.endedByToken += 1;
    if (problem === 'TOKEN_EXPIRED') return this.#interruptExpired();
    this.#breakOff(problem, VALIDITY_PROBLEMS[problem]);
  }

  /** Ends the stream with a generic error, because the client must not see the cause. */
  failed(error: unknown): void {
    this.#dependencies.onUnexpectedError(error);
    if (!this.#over) this.#breakOff('INTERNAL_SERVER_ERROR', 'Something went wrong: try again later');
  }

  beat(): void {
    if (!this.#over && !this.#response.writableNeedDrain) this.#response.write(COMMENT);
  }

  /** Ends the stream without a `complete` event, so the client reconnects. */
  interrupt(): void {
    this.#stop();
    this.#sendQueue.close();
    this.#response.end();
    this.#cutLater();
  }

  /**
   * Ends the stream without a `complete` event. Clients of graphql-sse treat `complete` as final, and otherwise reconnect with fresh
   * headers. A comment contains the reason.
   */
  #interruptExpired(): void {
    if (!this.#response.writableNeedDrain) this.#response.write(EXPIRED);
    this.interrupt();
  }

  /** Releases all resources of a client that has gone. */
  closed(): void {
    this.#stop();
    this.#sendQueue.close();
  }

  /** The reason why the caller must be disconnected, or null. When the check itself fails, the stream ends. */
  #callerProblem(): ValidityProblem | null {
    try {
      return this.#dependencies.validity.problemOf(this.#caller);
    } catch (error) {
      this.failed(error);
      return null;
    }
  }

  #tooSlow(): void {
    this.#dependencies.counts.droppedTooSlow += 1;
    this.#breakOff(
      'SUBSCRIBER_TOO_SLOW',
      'You read more slowly than events come: read the present state, then subscribe again',
    );
  }

  /** Ends the stream with an event that contains the reason. Drops waiting events. */
  #breakOff(code: string, message: string): void {
    this.#stop();
    this.#sendQueue.close();
    const why = new SharedAnswer({ errors: [new GraphQLError(message, { extensions: { code } })] });
    this.#response.write(why.event);
    this.#response.end(COMPLETE);
    this.#cutLater();
  }

  #stop(): void {
    this.#over = true;
    this.#leave?.();
    this.#leave = null;
  }

  #cutLater(): void {
    const cut = setTimeout(() => this.#response.destroy(), CLOSE_PATIENCE_MS);
    this.#response.once('close', () => clearTimeout(cut));
  }
}
