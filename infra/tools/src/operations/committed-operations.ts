import { fileURLToPath } from 'node:url';
import { apiSchemaOf, composeSupergraph, readSupergraphFile } from '@souk/engine/composition';
import type { GraphQLSchema } from 'graphql';
import { SUPERGRAPH_FILE } from '@souk/deployment/gateway';
import type { OperationBook } from './persisted-operation.ts';
import { readOperations } from './read-operations.ts';

/** The one source of the persisted operations, the typed documents and the REST routes. */
export const OPERATIONS_FOLDER = fileURLToPath(new URL('../../../../clients/operations', import.meta.url));

/** The SDL that the committed schemas compose to. */
export async function committedSupergraph(): Promise<string> {
  return composeSupergraph(await readSupergraphFile(SUPERGRAPH_FILE));
}

/** What clients see of it. */
export async function committedApiSchema(): Promise<GraphQLSchema> {
  return apiSchemaOf(await committedSupergraph());
}

/** The operations of `clients/operations`, checked against the committed schemas. @throws OperationProblems */
export async function readCommittedOperations(): Promise<OperationBook> {
  return readOperations(OPERATIONS_FOLDER, await committedApiSchema());
}
