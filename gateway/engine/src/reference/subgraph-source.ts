import type { GraphQLDataSource } from '@apollo/gateway';
import type { RequestContext } from '@souk/kit/context';
import type { PlanSource } from '../plan/plan-run.ts';

/** One run of an operation, which Apollo passes to its data sources. */
export interface ReferenceRun {
  readonly context: RequestContext;
  /**
   * Response names of the root fields with an attempt limit, such as a login, that a subgraph reported as successful.
   */
  readonly succeeded: Set<string>;
}

/** A subgraph as a data source of Apollo's gateway. Errors are masked before Apollo receives them. */
export function subgraphSource(subgraph: PlanSource): GraphQLDataSource {
  return {
    async process({ request: { query = '', operationName, variables = {} }, context }) {
      // The cast is safe, because the executor passes a `ReferenceRun` as `contextValue`.
      const run = context as unknown as ReferenceRun;
      const answer = await subgraph.fetch({ query, operationName, variables, context: run.context });
      for (const name of answer.succeeded ?? []) run.succeeded.add(name);
      const { data, errors } = answer;
      return { data, ...(errors && { errors }) };
    },
  };
}
