import { getLocation, Kind, OperationTypeNode, parse, Source, type SourceLocation } from 'graphql';

/**
 * The response name of the root field at an error's location in the subgraph's query (GraphQL, 7.1.2 Errors). Null when
 * the location is not in a root field. In that case the subgraph has refused a variable or the query as a whole.
 */
export function refusedField(query: string, locations: readonly SourceLocation[] | undefined): string | null {
  const [place] = locations ?? [];
  if (!place) return null;
  const source = new Source(query);
  const [operation] = parse(source).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION || operation.operation === OperationTypeNode.SUBSCRIPTION)
    return null;
  const field = operation.selectionSet.selections.find(
    ({ loc }) =>
      loc && !isBefore(place, getLocation(source, loc.start)) && isBefore(place, getLocation(source, loc.end)),
  );
  return field?.kind === Kind.FIELD ? (field.alias ?? field.name).value : null;
}

function isBefore(one: SourceLocation, other: SourceLocation): boolean {
  return one.line < other.line || (one.line === other.line && one.column < other.column);
}
