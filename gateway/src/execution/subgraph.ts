import type { GraphQLDataSource } from '@apollo/gateway';
import type { RequestContext } from '@souk/kit/context';
import type { FastifyBaseLogger } from 'fastify';
import type { ExecutionResult } from 'graphql';
import { presentSubgraphErrors, surprise } from './subgraph-errors.ts';
import type { SubgraphRequest, SubgraphTransport } from './subgraph-transport.ts';

type ProcessOptions = Parameters<GraphQLDataSource['process']>[0];

/** An answer as plan execution takes it: its data may be written into, its errors may be shown. */
export type SubgraphAnswer = Awaited<ReturnType<GraphQLDataSource['process']>>;

/** A subgraph as the gateway calls it. It never throws: a subgraph that is down costs only its own fields. */
export class Subgraph implements GraphQLDataSource {
  readonly #name: string;
  readonly #transport: SubgraphTransport;
  readonly #logger: FastifyBaseLogger;

  constructor(name: string, transport: SubgraphTransport, logger: FastifyBaseLogger) {
    this.#name = name;
    this.#transport = transport;
    this.#logger = logger;
  }

  /** One fetch of a plan. */
  async process({ request, context: anyContext }: ProcessOptions): Promise<SubgraphAnswer> {
    // Apollo types the context as any record; it is the one that PlanRunner gave it.
    const context = anyContext as unknown as RequestContext;
    const { query = '', operationName, variables = {} } = request;
    try {
      return this.present(await this.#transport.fetch({ query, operationName, variables, context }), context);
    } catch (error) {
      return { errors: [surprise(error, this.#origin(context))] };
    }
  }

  /** The raw results of a subscription, each for `present`; or the answer that refuses it. */
  async subscribe(request: SubgraphRequest): Promise<AsyncIterable<ExecutionResult> | SubgraphAnswer> {
    try {
      const opened = await this.#transport.subscribe(request);
      return Symbol.asyncIterator in opened ? opened : this.present(opened, request.context);
    } catch (error) {
      return { errors: [surprise(error, this.#origin(request.context))] };
    }
  }

  /** A result of the subgraph, with the errors that a client may see. */
  present({ data, errors }: ExecutionResult, context: RequestContext): SubgraphAnswer {
    const answer = { data: data ?? null };
    return errors ? { ...answer, errors: presentSubgraphErrors(errors, this.#origin(context)) } : answer;
  }

  #origin(context: RequestContext) {
    return { service: this.#name, context, logger: this.#logger };
  }
}
