import {
  concatAST,
  extendSchema,
  GraphQLError,
  isExecutableDefinitionNode,
  Kind,
  parse,
  Source,
  type DefinitionNode,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OperationProblems, problemOf, type OperationProblem } from './operation-problems.ts';
import type { OperationBook } from './persisted-operation.ts';
import { directivesOf, persistedOperations } from './persisted-operations.ts';
import { operationProblems } from './validate-operations.ts';

/**
 * Reads the operations in all `.graphql` files of a folder. Files can use each other's fragments and directive
 * definitions. Directives defined in these files, such as `@rest`, are removed from the text that clients send.
 * @param apiSchema the part of the graph that clients see.
 * @throws OperationProblems with all mistakes.
 */
export async function readOperations(folder: string, apiSchema: GraphQLSchema): Promise<OperationBook> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.graphql'));
  const sources = files.toSorted().map(async (file) => new Source(await readFile(join(folder, file), 'utf8'), file));
  return operationsOf(await Promise.all(sources), apiSchema);
}

/** Same as `readOperations`, but reads texts instead of files. The name of each source is its file path. */
export function operationsOf(sources: readonly Source[], apiSchema: GraphQLSchema): OperationBook {
  const definitions = concatAST(parseAll(sources)).definitions;
  const vocabulary = definitions.filter((node) => !isExecutableDefinitionNode(node));
  const document = documentOf(definitions.filter(isExecutableDefinitionNode));
  const schema = extendSchema(apiSchema, documentOf(vocabulary));
  const problems = operationProblems(schema, document);
  if (problems.length > 0) throw new OperationProblems(problems);
  return { operations: persistedOperations(document, directivesOf(vocabulary)), schema };
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

function documentOf(definitions: readonly DefinitionNode[]): DocumentNode {
  return { kind: Kind.DOCUMENT, definitions };
}
