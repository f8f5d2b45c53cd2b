import { Supergraph } from '@apollo/federation-internals';
import { executeQueryPlan, type GraphQLDataSource } from '@apollo/gateway';
import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import type { RequestContext } from '@souk/kit/context';
import { parse, type ExecutionResult } from 'graphql';
import type { ReadyOperation } from '../execution/operation.ts';
import type { PlanSource, SubgraphAnswer } from '../plan/plan-run.ts';
import type { LoadedSupergraph } from '../supergraph/supergraph.ts';

/** Runs the plan of an operation with Apollo's executor on the same subgraphs. */
export type ApolloRun = (ready: ReadyOperation) => Promise<ExecutionResult>;

type ApolloRequestContext = Parameters<typeof executeQueryPlan>[2];

export interface ApolloDependencies {
  readonly supergraph: LoadedSupergraph;
  readonly subgraphs: ReadonlyMap<string, PlanSource>;
}

/** Apollo's executor on an engine's subgraphs. */
export function apolloRun({ supergraph, subgraphs }: ApolloDependencies): ApolloRun {
  const planningSchema = Supergraph.build(parse(supergraph.sdl), { validateSupergraph: false }).apiSchema();
  const sources = Object.fromEntries([...subgraphs].map(([name, subgraph]) => [name, sourceOf(subgraph)]));
  const quiet = { debug() {}, info() {}, warn() {}, error() {} };
  const plans = new WeakMap<QueryPlan, QueryPlan>();
  const planOf = (plan: QueryPlan) => {
    const known = plans.get(plan) ?? withoutTypes(plan);
    plans.set(plan, known);
    return known;
  };
  return ({ request: { variables, context }, planned }) => {
    // The cast is safe, because the executor reads only these members of Apollo Server's request context.
    const requestContext = { request: { variables }, context, logger: quiet, metrics: {} } as unknown;
    return executeQueryPlan(
      planOf(planned.plan),
      sources,
      requestContext as ApolloRequestContext,
      planned.shape,
      supergraph.executionSchema,
      planningSchema,
    );
  };
}

/**
 * The plan without type conditions in paths, which Apollo's executor does not support. A field that is selected for some objects is then
 * fetched for all objects.
 */
function withoutTypes(plan: QueryPlan): QueryPlan {
  const { node } = plan;
  return node && node.kind !== 'Subscription' ? { ...plan, node: withoutTypesIn(node) } : plan;
}

function withoutTypesIn(node: PlanNode): PlanNode {
  if (node.kind === 'Sequence' || node.kind === 'Parallel') return { ...node, nodes: node.nodes.map(withoutTypesIn) };
  if (node.kind !== 'Flatten') return node;
  const path = node.path.map((each) => String(each).replace(/\|\[.*/, '')).filter((each) => each !== '');
  return { ...node, path, node: withoutTypesIn(node.node) };
}

function sourceOf(subgraph: PlanSource): GraphQLDataSource {
  return {
    process: async ({ request: { query = '', operationName, variables = {} }, context }) => {
      // The cast is safe, because Apollo's executor passes the context to the data sources unchanged.
      const own = context as unknown as RequestContext;
      return withoutInterfaceNames(await subgraph.fetch({ query, operationName, variables, context: own }));
    },
  };
}

/**
 * The answer without the names of interface objects. Such a name would replace the more specific type of an entity in Apollo's executor,
 * and the entity would become null.
 */
function withoutInterfaceNames(answer: SubgraphAnswer): SubgraphAnswer {
  const entities = answer.data?.['_entities'];
  for (const each of Array.isArray(entities) ? entities : [])
    if (each?.['__typename'] === 'Work') delete each['__typename'];
  return answer;
}
