import { Kind, separateOperations, type DefinitionNode, type DocumentNode } from 'graphql';
import { bodyOf, executableDocument, idOf } from './operation-body.ts';
import type { PersistedOperation } from './persisted-operation.ts';

/**
 * Returns the operations of a valid document, sorted by name.
 * @param document all operations and fragments, parsed with locations.
 * @param clientDirectives the names of the directives that clients do not send
 */
export function persistedOperations(
  document: DocumentNode,
  clientDirectives: ReadonlySet<string>,
): readonly PersistedOperation[] {
  const operations = Object.values(separateOperations(document)).map((each) =>
    persistedOperation(each, clientDirectives),
  );
  return operations.sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** The names of the directives that the definitions declare. */
export function directivesOf(definitions: readonly DefinitionNode[]): ReadonlySet<string> {
  return new Set(definitions.flatMap((node) => (node.kind === Kind.DIRECTIVE_DEFINITION ? [node.name.value] : [])));
}

function persistedOperation(separated: DocumentNode, clientDirectives: ReadonlySet<string>): PersistedOperation {
  const operation = separated.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (!operation?.name || !operation.loc)
    throw new Error('An operation has no name or no location. Parse it with locations, and validate it first.');
  const document = operationFirst(separated);
  const body = bodyOf(executableDocument(document, clientDirectives));
  return {
    name: operation.name.value,
    type: operation.operation,
    body,
    id: idOf(body),
    operation,
    document,
    description: operation.description?.value ?? null,
    file: operation.loc.source.name,
    line: operation.loc.startToken.line,
  };
}

/**
 * Puts the operation first, and sorts the fragments by name. The id then does not change when a fragment moves to
 * another file.
 */
function operationFirst({ definitions }: DocumentNode): DocumentNode {
  const fragments = definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  const operations = definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  fragments.sort((one, other) => (one.name.value < other.name.value ? -1 : 1));
  return { kind: Kind.DOCUMENT, definitions: [...operations, ...fragments] };
}
