import { executeQueryPlan, type GraphQLDataSource } from '@apollo/gateway';
import type { QueryPlan } from '@apollo/query-planner';
import type { FastifyBaseLogger } from 'fastify';
import type { ExecutionResult } from 'graphql';
import { deniedErrors } from '../authorization/denied-errors.ts';
import { revealNulls } from '../authorization/redaction.ts';
import type { OperationRequest, ReadyOperation } from './operation.ts';
import { presentAnswerErrors } from './subgraph-errors.ts';
import type { LoadedSupergraph } from './supergraph.ts';

/** The subgraphs by name, as Apollo's plan execution takes them. */
export type DataSources = Readonly<Record<string, GraphQLDataSource>>;

type ApolloRequestContext = Parameters<typeof executeQueryPlan>[2];

/** Runs plans on the subgraphs. The one place that knows Apollo's executor. */
export class PlanRunner {
  readonly #supergraph: LoadedSupergraph;
  readonly #sources: DataSources;
  readonly #logger: FastifyBaseLogger;

  constructor(supergraph: LoadedSupergraph, sources: DataSources, logger: FastifyBaseLogger) {
    this.#supergraph = supergraph;
    this.#sources = sources;
    this.#logger = logger;
  }

  /** The operation's answer. For an event, `plan` and `instead` replace its plan and one of its sources. */
  async run(
    ready: ReadyOperation,
    plan: QueryPlan = ready.planned.plan,
    instead: DataSources = {},
  ): Promise<ExecutionResult> {
    const { executionSchema, planningSchema } = this.#supergraph;
    const { request, planned } = ready;
    const sources = { ...this.#sources, ...instead };
    const context = this.#apolloContext(request);
    const result = await executeQueryPlan(plan, sources, context, planned.shape, executionSchema, planningSchema);
    const origin = { service: null, context: request.context, logger: this.#logger };
    const errors = result.errors && presentAnswerErrors(result.errors, origin);
    if (planned.denied.length > 0) return withDenials(ready, { ...result, errors: errors ?? [] });
    return errors ? { ...result, errors } : result;
  }

  /** What the executor and the data sources read of Apollo Server's request context, which events do not have. */
  #apolloContext({ variables, operationName, context }: OperationRequest): ApolloRequestContext {
    const request = { variables, operationName: operationName ?? undefined };
    return { request, context, logger: this.#logger, metrics: {} } as unknown as ApolloRequestContext;
  }
}

/** The answer with the names of what was denied, and an error for each. */
function withDenials(
  { request, planned, coerced }: ReadyOperation,
  { data, errors = [] }: ExecutionResult,
): ExecutionResult {
  for (const { path } of planned.denied) revealNulls(data, path);
  const all = [...errors, ...deniedErrors(planned.denied, request.context.actor, coerced)];
  // Apollo's remarks on null propagation are left out: they speak of the hidden names.
  return all.length > 0 ? { data: data ?? null, errors: all } : { data: data ?? null };
}
