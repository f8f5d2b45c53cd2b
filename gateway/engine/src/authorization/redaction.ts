import { TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { editedOperation, filledSelection, type OperationContext } from '../operation/operation-context.ts';

/**
 * The operation that subgraphs get, without the fields at these coordinates. The subgraphs may return the fields all the same, as a key or
 * for `@requires`. The shape of the answer then leaves them out.
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
