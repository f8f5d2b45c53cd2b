import { TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { editedOperation, filledSelection, type OperationContext } from '../operation/operation-context.ts';

/**
 * The operation without the fields at these coordinates: what may be asked of the subgraphs. Their values may come all the
 * same, as somebody's key or `@requires`: the answer's shape leaves them out.
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
