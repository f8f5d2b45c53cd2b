import {
  isAbstractType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type SelectionSetNode,
} from 'graphql';
import { isSelected, type IsTrue } from '../operation/selection-conditions.ts';

/** What decides which fields of an operation are selected. */
export interface CollectionScope {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** The variables of `@skip` and `@include` that are true. */
  readonly isTrue: IsTrue;
}

/**
 * The fields that are selected of an object, by response name, in the order of the operation. GraphQL specification, section
 * CollectFields. `type` may be an interface: that of an object whose own type nobody could tell.
 */
export function collectFields(
  scope: CollectionScope,
  type: GraphQLCompositeType,
  selectionSets: readonly SelectionSetNode[],
): ReadonlyMap<string, readonly FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  selectionSets.forEach(collect);
  return fields;

  function collect({ selections }: SelectionSetNode): void {
    for (const node of selections) {
      if (!isSelected(scope.isTrue, node)) continue;
      if (node.kind === Kind.FIELD) add(node);
      else if (node.kind === Kind.INLINE_FRAGMENT) enter(node);
      else if (!spread.has(node.name.value)) {
        spread.add(node.name.value);
        enter(scope.fragments[node.name.value]);
      }
    }
  }

  function enter(fragment: FragmentDefinitionNode | InlineFragmentNode | undefined): void {
    if (fragment && applies(scope.schema, fragment.typeCondition?.name.value, type)) collect(fragment.selectionSet);
  }

  function add(node: FieldNode): void {
    const name = node.alias?.value ?? node.name.value;
    const known = fields.get(name);
    if (known) known.push(node);
    else fields.set(name, [node]);
  }
}

function applies(schema: GraphQLSchema, condition: string | undefined, type: GraphQLCompositeType): boolean {
  if (condition === undefined || condition === type.name) return true;
  const wanted = schema.getType(condition);
  return isAbstractType(wanted) && 'getFields' in type && schema.isSubType(wanted, type);
}
