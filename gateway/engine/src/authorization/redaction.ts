import { TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { editedOperation, filledSelection, type OperationContext } from '../operation/operation-context.ts';

/**
 * The operation for the subgraphs, without the fields at these coordinates. Subgraphs may still return such a field, because it is a key or
 * a `@requires` field. The answer shape removes it.
 */
export function withoutFields(context: OperationContext, coordinates: ReadonlySet<string>): OperationContext {
  const types = new TypeInfo(context.schema);
  return editedOperation(context, (document) =>
    visit(
      document,
      visitWithTypeInfo(types, {
        Field: (node) => (coordinates.has(`${types.getParentType()?.name}.${node.name.value}`) ? null : undefined),
        SelectionSet: { leave: filledSelection },
      }),
    ),
  );
}
