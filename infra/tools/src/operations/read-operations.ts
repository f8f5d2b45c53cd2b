import {
  concatAST,
  extendSchema,
  GraphQLError,
  isExecutableDefinitionNode,
  Kind,
  parse,
  separateOperations,
  Source,
  type DefinitionNode,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bodyOf, executableDocument, idOf } from './operation-body.ts';
import { OperationProblems, problemOf, type OperationProblem } from './operation-problems.ts';
import type { OperationBook, PersistedOperation } from './persisted-operation.ts';
import { operationProblems } from './validate-operations.ts';

/**
 * The operations of all `.graphql` files of a folder. Fragments may be in any of them; directives that are defined in one
 * of them may be used in all, and are not sent.
 * @param apiSchema what clients see of the graph.
 * @throws OperationProblems with everything that is wrong.
 */
export async function readOperations(folder: string, apiSchema: GraphQLSchema): Promise<OperationBook> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.graphql'));
  const sources = files.toSorted().map(async (file) => new Source(await readFile(join(folder, file), 'utf8'), file));
  return operationsOf(await Promise.all(sources), apiSchema);
}

/** As `readOperations`, of texts whose names are their files. */
export function operationsOf(sources: readonly Source[], apiSchema: GraphQLSchema): OperationBook {
  const definitions = concatAST(parseAll(sources)).definitions;
  const vocabulary = definitions.filter((node) => !isExecutableDefinitionNode(node));
  const document = documentOf(definitions.filter(isExecutableDefinitionNode));
  const schema = extendSchema(apiSchema, documentOf(vocabulary));
  const problems = operationProblems(schema, document);
  if (problems.length > 0) throw new OperationProblems(problems);
  const clientDirectives = vocabulary.flatMap((node) =>
    node.kind === Kind.DIRECTIVE_DEFINITION ? [node.name.value] : [],
  );
  const operations = Object.values(separateOperations(document)).map((each) =>
    persistedOperation(each, new Set(clientDirectives)),
  );
  return { operations: operations.sort((one, other) => (one.name < other.name ? -1 : 1)), schema };
}

function parseAll(sources: readonly Source[]): readonly DocumentNode[] {
  const documents: DocumentNode[] = [];
  const problems: OperationProblem[] = [];
  for (const source of sources) {
    try {
      documents.push(parse(source));
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      problems.push(problemOf(error, 'Correct the syntax'));
    }
  }
  if (problems.length > 0) throw new OperationProblems(problems);
  return documents;
}

function persistedOperation(separated: DocumentNode, clientDirectives: ReadonlySet<string>): PersistedOperation {
  const operation = separated.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (!operation?.name || !operation.loc) throw new Error('an operation without name was found valid');
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

/** Where a fragment is written must not change the id of an operation: fragments follow it, by name. */
function operationFirst({ definitions }: DocumentNode): DocumentNode {
  const fragments = definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  const operations = definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  fragments.sort((one, other) => (one.name.value < other.name.value ? -1 : 1));
  return documentOf([...operations, ...fragments]);
}

function documentOf(definitions: readonly DefinitionNode[]): DocumentNode {
  return { kind: Kind.DOCUMENT, definitions };
}
