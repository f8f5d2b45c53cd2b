import type { FetchNode, SubscriptionNode } from '@apollo/query-planner';
import { isCheckpointResult } from '@souk/kit/results';
import { readPosition, writePosition, type FeedPosition } from '@souk/kit/messaging';
import { randomUUID } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import type { ExecutionResult } from 'graphql';
import type { ReadyOperation, PlanRunner } from '@souk/engine/execution';
import { copyOf, type SubgraphAnswer } from '@souk/engine/plan';
import { unexpectedFailure, asError, type Subgraph } from '@souk/engine/subgraphs';
import type { PositionSeal } from './positions/position-seal.ts';
import { SharedAnswer, type AnswerPlace } from './shared-answer.ts';
import type { Opened, StreamSource } from './shared-stream.ts';

export interface EventAnswersDependencies {
  readonly runner: PlanRunner;
  readonly subgraphs: ReadonlyMap<string, Subgraph>;
  readonly seal: PositionSeal;
  readonly logger: FastifyBaseLogger;
}

/**
 * The answers of one subscription. One subgraph delivers the events. The other subgraphs add their fields to each
 * event.
 */
export class EventAnswers implements StreamSource<SharedAnswer> {
  readonly #dependencies: EventAnswersDependencies;
  readonly #ready: ReadyOperation;
  readonly #primary: FetchNode;

  constructor(dependencies: EventAnswersDependencies, ready: ReadyOperation, { primary }: SubscriptionNode) {
    this.#dependencies = dependencies;
    this.#ready = ready;
    this.#primary = primary;
  }

  async open(after: FeedPosition | null): Promise<Opened<SharedAnswer>> {
    const { operation: query, operationName, variableUsages = [] } = this.#primary;
    const { context: caller, variables: all } = this.#ready.request;
    const variables = Object.fromEntries(variableUsages.filter((name) => name in all).map((name) => [name, all[name]]));
    const context = after ? { ...caller, resumeAfter: writePosition(after) } : caller;
    const opened = await this.#subgraph().subscribe({ query, operationName, variables, context });
    if (Symbol.asyncIterator in opened) return { items: this.#answers(opened[Symbol.asyncIterator]()) };
    return { refusal: refusalOf(opened) };
  }

  failed(error: unknown): SharedAnswer {
    if (error instanceof SubscriptionEnded) return error.answer;
    const { context } = this.#ready.request;
    const origin = { service: this.#primary.serviceName, context, logger: this.#dependencies.logger };
    return new SharedAnswer(unexpectedFailure(error, origin));
  }

  checkpoint(position: FeedPosition): SharedAnswer {
    return SharedAnswer.checkpoint(position, this.#sealed(position));
  }

  /**
   * Returns an iterator object instead of an async generator. `return()` of a generator has no effect while it awaits an event, so the
   * subscription would stay open.
   */
  #answers(events: AsyncIterator<ExecutionResult>): AsyncIterator<SharedAnswer> {
    return {
      next: async () => {
        const event = await events.next();
        return event.done ? { done: true, value: undefined } : { done: false, value: await this.#answer(event.value) };
      },
      return: async () => {
        await events.return?.();
        return { done: true, value: undefined };
      },
    };
  }

  async #answer(event: ExecutionResult): Promise<SharedAnswer> {
    const position = positionOf(event);
    if (position && isCheckpointResult(event)) return this.checkpoint(position);
    const place = position && { position, sealed: this.#sealed(position), isCheckpoint: false };
    return this.#completed(event, place);
  }

  /**
   * Adds the fields of the other subgraphs to an event. Each event has a new request context, because a subgraph's
   * loaders cache rows by context.
   */
  async #completed({ data, errors }: ExecutionResult, place: AnswerPlace | null): Promise<SharedAnswer> {
    const { request } = this.#ready;
    const context = { ...request.context, requestId: randomUUID() };
    const ready = { ...this.#ready, request: { ...request, context } };
    // The other subgraphs' fields are written into a copy of the data, because a transport may deliver one event object
    // to several subscriptions.
    const own: ExecutionResult = { data: copyOf(data) ?? null, ...(errors && { errors }) };
    const presented = this.#subgraph().present(own, context);
    // A result without data is not an event. With such a result the subgraph refuses or ends the subscription.
    if (data === undefined) throw new SubscriptionEnded(presented);
    return new SharedAnswer(await this.#dependencies.runner.run(ready, presented), place);
  }

  #sealed(position: FeedPosition): string {
    return this.#dependencies.seal.seal(this.#primary.serviceName, writePosition(position));
  }

  #subgraph(): Subgraph {
    const subgraph = this.#dependencies.subgraphs.get(this.#primary.serviceName);
    if (!subgraph) throw new Error(`query plan references unknown subgraph "${this.#primary.serviceName}"`);
    return subgraph;
  }
}

/** Thrown to end a subscription. Contains the answer that reports the cause to clients. */
class SubscriptionEnded extends Error {
  readonly answer: SharedAnswer;

  constructor(answer: SubgraphAnswer) {
    super('a subgraph has ended a subscription');
    this.answer = refusalOf(answer);
  }
}

function refusalOf({ errors = [] }: SubgraphAnswer): SharedAnswer {
  return new SharedAnswer({ errors: errors.map((error) => asError(error)) });
}

function positionOf({ extensions }: ExecutionResult): FeedPosition | null {
  const position = extensions?.['position'];
  return typeof position === 'string' ? readPosition(position) : null;
}
