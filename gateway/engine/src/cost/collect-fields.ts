import {
  isAbstractType,
  Kind,
  type DirectiveNode,
  type FieldNode,
  type GraphQLObjectType,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { OperationContext } from '../operation/operation-context.ts';
import type { Variables } from './cost-expression.ts';

/** The field nodes with one response name. Execution runs them as one field. */
export interface CollectedField {
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
  /** Returns whether the field is selected with these variables. Null when the field is always selected. */
  readonly condition: ((variables: Variables) => boolean) | null;
}

type Conditions = readonly SelectionNode[];

/** The selected fields of one object, by response name (GraphQL specification, section "CollectFields"). */
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
  const compiled = ways.map((conditions) => conditions.flatMap(({ directives = [] }) => directives.flatMap(termOf)));
  return (variables) => compiled.some((terms) => terms.every((term) => term(variables)));
}

/** The condition in a `@skip` or `@include`, as a list with one function. Empty for other directives. */
function termOf({ name, arguments: args }: DirectiveNode): readonly ((variables: Variables) => boolean)[] {
  const wanted = WANTED.get(name.value);
  const value = args?.find((each) => each.name.value === 'if')?.value;
  if (wanted === undefined || !value) return [];
  if (value.kind === Kind.VARIABLE) return [(variables) => variables[value.name.value] === wanted];
  return [() => value.kind === Kind.BOOLEAN && value.value === wanted];
}

const WANTED: ReadonlyMap<string, boolean> = new Map([
  ['skip', false],
  ['include', true],
]);
