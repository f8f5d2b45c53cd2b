import {
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { documentOf, type OperationContext } from '../execution/operation-context.ts';

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/**
 * The operation without the fields at these coordinates: what may be asked of the subgraphs. Their values may come all the
 * same, as somebody's key or `@requires`: the answer's shape leaves them out.
 */
export function withoutFields(context: OperationContext, coordinates: ReadonlySet<string>): OperationContext {
  const types = new TypeInfo(context.schema);
  const document = visit(
    documentOf(context),
    visitWithTypeInfo(types, {
      Field: (node) => (coordinates.has(`${types.getParentType()?.name}.${node.name.value}`) ? null : undefined),
      SelectionSet: { leave: (node) => (node.selections.length === 0 ? onlyTypename(node) : undefined) },
    }),
  );
  const [operation, ...fragments] = document.definitions;
  return {
    schema: context.schema,
    // `documentOf` puts the operation first and fragments after it, and visiting keeps the kinds.
    operation: operation as OperationDefinitionNode,
    fragments: Object.fromEntries((fragments as FragmentDefinitionNode[]).map((each) => [each.name.value, each])),
  };
}

function onlyTypename(node: SelectionSetNode): SelectionSetNode {
  return { ...node, selections: [TYPENAME] };
}
