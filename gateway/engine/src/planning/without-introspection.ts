import {
  Kind,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { OperationContext } from '../operation/operation-context.ts';

/** Whether an operation selects only `__schema`, `__type` and `__typename`. The gateway then answers without subgraphs. */
export function asksForSchemaOnly({ operation, fragments }: OperationContext): boolean {
  const seen = new Set<string>();
  const isSchema = ({ selections }: SelectionSetNode): boolean => selections.every(selectsSchema);
  const selectsSchema = (node: SelectionNode): boolean => {
    if (node.kind === Kind.FIELD) return node.name.value.startsWith('__');
    if (node.kind === Kind.INLINE_FRAGMENT) return isSchema(node.selectionSet);
    if (seen.has(node.name.value)) return true;
    seen.add(node.name.value);
    const fragment = fragments[node.name.value];
    return !fragment || isSchema(fragment.selectionSet);
  };
  return isSchema(operation.selectionSet);
}

/**
 * Removes introspection fields from the document. graphql-js answers them, because the planner's introspection types lack some fields
 * (`isOneOf`, `isDeprecated` of directives).
 */
export function withoutIntrospection(document: DocumentNode): DocumentNode {
  return visit(document, {
    FragmentDefinition: (node) => (isOfIntrospection(node) ? null : undefined),
    SelectionSet: (node) => {
      const selections = node.selections.filter((each) => !asksForSchema(each));
      if (selections.length === node.selections.length) return undefined;
      return { ...node, selections: selections.length > 0 ? selections : [TYPENAME] };
    },
  });
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

function asksForSchema(node: SelectionNode): boolean {
  return node.kind === Kind.FIELD && (node.name.value === '__schema' || node.name.value === '__type');
}

function isOfIntrospection({ typeCondition }: FragmentDefinitionNode): boolean {
  return typeCondition.name.value.startsWith('__');
}
