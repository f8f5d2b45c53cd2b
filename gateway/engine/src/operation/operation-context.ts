import {
  getOperationAST,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** One operation of a document, with the fragments of the document. */
export interface OperationContext {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Record<string, FragmentDefinitionNode>;
}

/** The operation with this name. Null when the document has no such operation, or has several operations and the name is missing. */
export function operationContext(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
): OperationContext | null {
  const operation = getOperationAST(document, operationName);
  if (!operation) return null;
  const fragments = document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  return { schema, operation, fragments: Object.fromEntries(fragments.map((each) => [each.name.value, each])) };
}

/** A document with this operation and its fragments only. */
export function documentOf({ operation, fragments }: OperationContext): DocumentNode {
  return { kind: Kind.DOCUMENT, definitions: [operation, ...Object.values(fragments)] };
}

/** Edits an operation. `edit` may only change and remove selections. */
export function editedOperation(
  context: OperationContext,
  edit: (document: DocumentNode) => DocumentNode,
): OperationContext {
  const document = documentOf(context);
  const edited = edit(document);
  if (edited === document) return context;
  const [operation, ...fragments] = edited.definitions;
  return {
    schema: context.schema,
    // The casts are safe, because `documentOf` puts the operation first and the fragments after it, and an edit does
    // not change the kind of a definition.
    operation: operation as OperationDefinitionNode,
    fragments: Object.fromEntries((fragments as FragmentDefinitionNode[]).map((each) => [each.name.value, each])),
  };
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** Selects `__typename` where an edit has removed all selections. Otherwise returns undefined, which visitors treat as "no change". */
export function filledSelection(node: SelectionSetNode): SelectionSetNode | undefined {
  return node.selections.length === 0 ? { ...node, selections: [TYPENAME] } : undefined;
}
