import type { GraphQLDataSource } from '@apollo/gateway';
import type { FetchNode, QueryPlan, SubscriptionNode } from '@apollo/query-planner';
import type { RequestContext } from '@souk/kit/context';
import { randomUUID } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import type { ExecutionResult } from 'graphql';
import type { ReadyOperation } from '../execution/operation.ts';
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
 * The answers of one subscription: a subgraph's events, each completed by the other subgraphs. Apollo's executor refuses
 * subscription plans, so an event runs as a query whose first fetch the event itself answers.
 */
export class EventAnswers implements StreamSource<ExecutionResult> {
  readonly #parts: EventAnswersParts;
  readonly #ready: ReadyOperation;
  readonly #primary: FetchNode;
  readonly #plan: QueryPlan;

  constructor(parts: EventAnswersParts, ready: ReadyOperation, { primary, rest }: SubscriptionNode) {
    this.#parts = parts;
    this.#ready = ready;
    this.#primary = primary;
    this.#plan = { kind: 'QueryPlan', node: rest ? { kind: 'Sequence', nodes: [primary, rest] } : primary };
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
  #answer(event: ExecutionResult): Promise<ExecutionResult> {
    const { request } = this.#ready;
    const context = { ...request.context, requestId: randomUUID() };
    const ready = { ...this.#ready, request: { ...request, context } };
    return this.#parts.runner.run(ready, this.#plan, { [this.#primary.serviceName]: this.#answeredBy(event, context) });
  }

  #answeredBy({ data, errors }: ExecutionResult, context: RequestContext): GraphQLDataSource {
    const subgraph = this.#subgraph();
    return {
      process: async (options) => {
        if (options.request.query !== this.#primary.operation) return subgraph.process(options);
        // Plan execution writes into the data, and a transport may have given the same event to somebody else.
        return subgraph.present({ data: structuredClone(data) ?? null, ...(errors && { errors }) }, context);
      },
    };
  }

  #subgraph(): Subgraph {
    const subgraph = this.#parts.subgraphs.get(this.#primary.serviceName);
    if (!subgraph) throw new Error(`the plan names a subgraph that there is not: ${this.#primary.serviceName}`);
    return subgraph;
  }
}
