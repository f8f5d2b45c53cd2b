import type { FetchNode, SubscriptionNode } from '@apollo/query-planner';
import { randomUUID } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import type { ExecutionResult } from 'graphql';
import type { ReadyOperation } from '../execution/operation.ts';
import { copyOf } from '../execution/plan/merge.ts';
import type { PlanRunner } from '../execution/plan-runner.ts';
import { answerSurprise, asError } from '../execution/subgraph-errors.ts';
import type { Subgraph } from '../execution/subgraph.ts';
import type { Opened, StreamSource } from './shared-stream.ts';

/** What answers to events need. */
export interface EventAnswersParts {
  readonly runner: PlanRunner;
  readonly subgraphs: ReadonlyMap<string, Subgraph>;
  readonly logger: FastifyBaseLogger;
}

/**
 * The answers of one subscription: a subgraph's events, each completed by the other subgraphs.
 */
export class EventAnswers implements StreamSource<ExecutionResult> {
  readonly #parts: EventAnswersParts;
  readonly #ready: ReadyOperation;
  readonly #primary: FetchNode;

  constructor(parts: EventAnswersParts, ready: ReadyOperation, { primary }: SubscriptionNode) {
    this.#parts = parts;
    this.#ready = ready;
    this.#primary = primary;
  }

  async open(): Promise<Opened<ExecutionResult>> {
    const { operation: query, operationName, variableUsages = [] } = this.#primary;
    const { context, variables: all } = this.#ready.request;
    const variables = Object.fromEntries(variableUsages.filter((name) => name in all).map((name) => [name, all[name]]));
    const opened = await this.#subgraph().subscribe({ query, operationName, variables, context });
    if (Symbol.asyncIterator in opened) return { items: this.#answers(opened[Symbol.asyncIterator]()) };
    return { refusal: { errors: (opened.errors ?? []).map(asError) } };
  }

  failed(error: unknown): ExecutionResult {
    const { context } = this.#ready.request;
    return answerSurprise(error, { service: this.#primary.serviceName, context, logger: this.#parts.logger });
  }

  /** Not an async generator: one that waits for an event cannot be returned, and would listen for ever. */
  #answers(events: AsyncIterator<ExecutionResult>): AsyncIterator<ExecutionResult> {
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

  /** A new context each time: a subgraph's loaders hang on it, and yesterday's rows are not today's. */
  #answer({ data, errors }: ExecutionResult): Promise<ExecutionResult> {
    const { request } = this.#ready;
    const context = { ...request.context, requestId: randomUUID() };
    const ready = { ...this.#ready, request: { ...request, context } };
    // The answer is written into the data, and a transport may have given the same event to somebody else.
    const own: ExecutionResult = { data: copyOf(data) ?? null, ...(errors && { errors }) };
    return this.#parts.runner.run(ready, this.#subgraph().present(own, context));
  }

  #subgraph(): Subgraph {
    const subgraph = this.#parts.subgraphs.get(this.#primary.serviceName);
    if (!subgraph) throw new Error(`the plan names a subgraph that there is not: ${this.#primary.serviceName}`);
    return subgraph;
  }
}
