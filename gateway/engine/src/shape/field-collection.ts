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

/** The inputs of `collectFields` besides the selections: the schema, the fragments, and the values of `@skip` and `@include`. */
export interface CollectionScope {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** Whether a variable of `@skip` and `@include` is true. */
  readonly isTrue: IsTrue;
}

/**
 * The selected fields of an object, by response name, in the order of the operation (GraphQL specification, section CollectFields).
 * @param type the type of the object, or an interface when the object's own type is unknown
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
