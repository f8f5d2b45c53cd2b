import { fileURLToPath } from 'node:url';
import { apiSchemaOf, composeSupergraph, readSupergraphFile } from '@souk/engine/composition';
import type { GraphQLSchema } from 'graphql';
import { SUPERGRAPH_FILE } from '@souk/deployment/gateway';
import type { OperationBook } from './persisted-operation.ts';
import { readOperations } from './read-operations.ts';

/** The folder of operations: the source of persisted operations, typed documents and REST routes. */
export const OPERATIONS_FOLDER = fileURLToPath(new URL('../../../../clients/operations', import.meta.url));

/** Composes the committed schemas. @returns the SDL of the supergraph */
export async function committedSupergraph(): Promise<string> {
  return composeSupergraph(await readSupergraphFile(SUPERGRAPH_FILE));
}

/** Returns the schema of the API, the part of the supergraph that clients see. */
export async function committedApiSchema(): Promise<GraphQLSchema> {
  return apiSchemaOf(await committedSupergraph());
}

/** Reads the operations of `clients/operations`, and validates them against the committed schemas. @throws OperationProblems */
export async function readCommittedOperations(): Promise<OperationBook> {
  return readOperations(OPERATIONS_FOLDER, await committedApiSchema());
}
