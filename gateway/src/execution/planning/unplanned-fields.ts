import type { FetchNode, PlanNode, QueryPlan, SubscriptionNode } from '@apollo/query-planner';
import {
  GraphQLError,
  Kind,
  parse,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { OperationContext } from '../operation-context.ts';

/**
 * An error when the plan leaves out a field of the root that the operation always selects; null when it does not. The
 * planner does so, without a word, when no subgraph can tell which type an interface's object is of.
 */
export function unplannedField({ operation, fragments }: OperationContext, { node }: QueryPlan): GraphQLError | null {
  const planned = new Set(node ? rootFetches(node).flatMap(fetchedNames) : []);
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

function fetchedNames({ operation }: FetchNode): readonly string[] {
  const document: DocumentNode = parse(operation, { noLocation: true });
  const fragments = Object.fromEntries(
    document.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  return document.definitions.flatMap((each) =>
    each.kind === Kind.OPERATION_DEFINITION ? responseNames(each.selectionSet, fragments, false) : [],
  );
}

/** What a root selection calls its fields; `always` leaves out those under a condition. */
function responseNames(
  { selections }: SelectionSetNode,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
  always: boolean,
): readonly string[] {
  return selections.flatMap((each): readonly string[] => {
    if (always && each.directives?.length) return [];
    if (each.kind === Kind.FIELD) {
      return each.name.value.startsWith('__') ? [] : [each.alias?.value ?? each.name.value];
    }
    const fragment = each.kind === Kind.FRAGMENT_SPREAD ? fragments[each.name.value] : each;
    return fragment ? responseNames(fragment.selectionSet, fragments, always) : [];
  });
}
