import type { FastifyReply } from 'fastify';
import { GraphQLError } from 'graphql';
import type { ServerResponse } from 'node:http';
import type { Caller } from '../../identity/caller.ts';
import { VALIDITY_PROBLEMS, type CallerValidity, type ValidityProblem } from '../connections/caller-validity.ts';
import { Outbox, outgoing, type OutboxLimits } from '../connections/outbox.ts';
import type { OpenConnection } from '../connections/rounds.ts';
import type { AnswerReader, Leave } from '../connections/streamed-operations.ts';
import type { RunningCounts } from '../connections/subscription-counts.ts';
import { SharedAnswer } from '../shared-answer.ts';

/** What every event stream of a gateway shares. */
export interface EventStreamParts {
  readonly validity: CallerValidity;
  readonly counts: RunningCounts;
  readonly outbox: OutboxLimits;
  /** Hears of what failed, and ended a stream. */
  readonly onSurprise: (error: unknown) => void;
}

/** `no-transform` and the header of nginx: a proxy that gathers events would deliver them late. */
const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
};
/** A line that clients skip. The first one makes proxies pass the headers on. */
const COMMENT = Buffer.from(':\n\n');
/** For people who read the stream. */
const EXPIRED = Buffer.from(`: TOKEN_EXPIRED: ${VALIDITY_PROBLEMS.TOKEN_EXPIRED}\n\n`);
/** `data` must be there, or browsers do not dispatch the event. */
const COMPLETE = Buffer.from('event: complete\ndata:\n\n');
/** A client that does not take its last event is cut after this. */
const CLOSE_PATIENCE_MS = 3000;

/** The answers to one operation as Server-Sent Events: graphql-sse, "distinct connections mode". */
export class EventStream implements AnswerReader, OpenConnection {
  readonly #response: ServerResponse;
  readonly #caller: Caller;
  readonly #showsMarks: boolean;
  readonly #parts: EventStreamParts;
  readonly #outbox: Outbox;
  #leave: Leave | null = null;
  #over = false;

  /** @param showsMarks whether marks are dispatched. */
  constructor(response: ServerResponse, caller: Caller, showsMarks: boolean, parts: EventStreamParts) {
    this.#response = response;
    this.#caller = caller;
    this.#showsMarks = showsMarks;
    this.#parts = parts;
    this.#outbox = new Outbox(response, parts.outbox, () => this.#tooSlow());
  }

  /** Says that events will come, with the headers that the reply has already. */
  open(reply: FastifyReply): void {
    for (const [name, value] of Object.entries({ ...reply.getHeaders(), ...HEADERS })) {
      if (value !== undefined) this.#response.setHeader(name, value);
    }
    this.#response.writeHead(200);
    this.#response.write(COMMENT);
  }

  /** The operation runs; this is how to leave it. */
  began(leave: Leave): void {
    if (this.#over) leave();
    else this.#leave = leave;
  }

  next(answer: SharedAnswer): void {
    this.checkCaller();
    if (this.#over) return;
    this.#parts.counts.answers += 1;
    this.#outbox.send(outgoing(this.#showsMarks ? answer.shownEvent : answer.event));
  }

  end(): void {
    if (this.#over) return;
    this.#stop();
    this.#outbox.send({ bytes: COMPLETE.length, writeTo: () => void this.#response.end(COMPLETE) });
  }

  checkCaller(): void {
    const problem = this.#over ? null : this.#callerProblem();
    if (!problem) return;
    this.#parts.counts.endedByToken += 1;
    if (problem === 'TOKEN_EXPIRED') return this.#interruptExpired();
    this.#breakOff(problem, VALIDITY_PROBLEMS[problem]);
  }

  /** Ends the stream, with no word about the cause. */
  failed(error: unknown): void {
    this.#parts.onSurprise(error);
    if (!this.#over) this.#breakOff('INTERNAL_SERVER_ERROR', 'Something went wrong: try again later');
  }

  beat(): void {
    if (!this.#over && !this.#response.writableNeedDrain) this.#response.write(COMMENT);
  }

  /** Without `complete`: the client is to connect again. */
  interrupt(): void {
    this.#stop();
    this.#outbox.close();
    this.#response.end();
    this.#cutLater();
  }

  /** graphql-sse takes `complete` as final. Without it its client connects again, with fresh headers. A comment says why. */
  #interruptExpired(): void {
    if (!this.#response.writableNeedDrain) this.#response.write(EXPIRED);
    this.interrupt();
  }

  /** The client is gone: nothing of it stays. */
  closed(): void {
    this.#stop();
    this.#outbox.close();
  }

  /** Who cannot be found out about gets nothing more. */
  #callerProblem(): ValidityProblem | null {
    try {
      return this.#parts.validity.problemOf(this.#caller);
    } catch (error) {
      this.failed(error);
      return null;
    }
  }

  #tooSlow(): void {
    this.#parts.counts.droppedTooSlow += 1;
    this.#breakOff(
      'SUBSCRIBER_TOO_SLOW',
      'You read more slowly than events come: read the present state, then subscribe again',
    );
  }

  /** The last event says why. What waits before it is not sent. */
  #breakOff(code: string, message: string): void {
    this.#stop();
    this.#outbox.close();
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
