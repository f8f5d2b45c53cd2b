import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  Kind,
  type FieldNode,
  type GraphQLObjectType,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { OperationContext } from '../../execution/operation-context.ts';
import type { Variables } from './cost-expression.ts';

/** The nodes of one response name: execution runs them as one field. */
export interface CollectedField {
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
  /** Whether the variables leave it in; null when nothing can leave it out. */
  readonly condition: ((variables: Variables) => boolean) | null;
}

type Conditions = readonly SelectionNode[];

/** The fields that selection sets ask of one object, by response name; GraphQL specification, section "CollectFields". */
export function collectFields(
  { schema, fragments }: OperationContext,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): readonly CollectedField[] {
  const collected = new Map<
    string,
    { readonly nodes: CollectedField['nodes']; readonly ways: readonly Conditions[] }
  >();

  const applies = (condition: string | undefined) => {
    const narrowed = condition === undefined ? type : schema.getType(condition);
    return narrowed === type || (isAbstractType(narrowed) && schema.isSubType(narrowed, type));
  };
  const collect = ({ selections }: SelectionSetNode, around: Conditions): void => {
    for (const node of selections) {
      const conditions = node.directives?.length ? [...around, node] : around;
      if (node.kind === Kind.FIELD) {
        const name = node.alias?.value ?? node.name.value;
        const known = collected.get(name);
        collected.set(name, {
          nodes: known ? [...known.nodes, node] : [node],
          ways: [...(known?.ways ?? []), conditions],
        });
        continue;
      }
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments[node.name.value] : node;
      if (fragment && applies(fragment.typeCondition?.name.value)) collect(fragment.selectionSet, conditions);
    }
  };
  for (const set of sets) collect(set, []);
  return [...collected.values()].map(({ nodes, ways }) => ({ nodes, condition: conditionOf(ways) }));
}

function conditionOf(ways: readonly Conditions[]): CollectedField['condition'] {
  if (ways.some((conditions) => conditions.length === 0)) return null;
  return (variables) => ways.some((conditions) => conditions.every((node) => isLeftIn(node, variables)));
}

function isLeftIn(node: SelectionNode, variables: Variables): boolean {
  return (
    getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] !== true &&
    getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false
  );
}
