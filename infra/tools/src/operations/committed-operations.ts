import { fileURLToPath } from 'node:url';
import { apiSchemaOf, composeSupergraph, readSupergraphFile } from '@souk/engine/composition';
import type { GraphQLSchema } from 'graphql';
import { SUPERGRAPH_FILE } from '@souk/deployment/gateway';
import type { OperationBook } from './persisted-operation.ts';
import { readOperations } from './read-operations.ts';

/** The folder of GraphQL operations, from which persisted operations, typed documents and REST routes are generated. */
export const OPERATIONS_FOLDER = fileURLToPath(new URL('../../../../clients/operations', import.meta.url));

/** Composes the committed subgraph schemas. @returns the supergraph SDL */
export async function committedSupergraph(): Promise<string> {
  return composeSupergraph(await readSupergraphFile(SUPERGRAPH_FILE));
}

/** Returns the API schema: the part of the supergraph that clients see. */
export async function committedApiSchema(): Promise<GraphQLSchema> {
  return apiSchemaOf(await committedSupergraph());
}

/** Reads the operations of `clients/operations`, and validates them against the committed schemas. @throws OperationProblems */
export async function readCommittedOperations(): Promise<OperationBook> {
  return readOperations(OPERATIONS_FOLDER, await committedApiSchema());
}
