import type { FetchNode, PlanNode, QueryPlan, SubscriptionNode } from '@apollo/query-planner';
import { GraphQLError } from 'graphql';
import type { OperationContext } from '../operation/operation-context.ts';
import { fetchedNames, responseNames } from './fetched-fields.ts';

/**
 * An error when the plan omits a root field that the operation always selects, otherwise null. The planner silently omits a field when no
 * subgraph resolves the type of an interface's objects.
 */
export function unplannedField({ operation, fragments }: OperationContext, { node }: QueryPlan): GraphQLError | null {
  const planned = new Set(node ? rootFetches(node).flatMap(({ operation: text }) => fetchedNames(text)) : []);
  const selected = responseNames(operation.selectionSet, fragments, true);
  const missing = selected.find((name) => !name.startsWith('__') && !planned.has(name));
  if (missing === undefined) return null;
  return new GraphQLError(`"${missing}" cannot be answered: no subgraph knows the objects that it selects fields of`, {
    path: [missing],
    extensions: { code: 'FIELD_NOT_RESOLVABLE' },
  });
}

function rootFetches(node: PlanNode | SubscriptionNode): readonly FetchNode[] {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap(rootFetches);
    case 'Condition':
      return [node.ifClause, node.elseClause].flatMap((each) => (each ? rootFetches(each) : []));
    case 'Subscription':
      return [node.primary];
    case 'Fetch':
      return [node];
    case 'Flatten':
    case 'Defer':
      return [];
  }
}
