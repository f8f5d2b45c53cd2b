import { readRequirements } from '@souk/gateway/rest';
import { parse, type GraphQLSchema } from 'graphql';
import type { OperationBook } from '../operations/persisted-operation.ts';
import { openapiDocument, openapiFile } from '../rest/openapi-document.ts';
import { readRestDescription, refusalStatuses, refusalTexts } from '../rest/rest-description.ts';
import { restTable, restTableFile } from '../rest/rest-table-file.ts';
import { routeModels } from '../rest/route-model.ts';
import type { GeneratedFile } from './generated-file.ts';

/**
 * The REST facade: the table of routes that the gateway serves, and its OpenAPI document.
 * @param supergraph says what callers need to see fields, which clients do not see.
 * @throws OperationProblems for routes that cannot be.
 */
export async function restFiles(
  book: OperationBook,
  apiSchema: GraphQLSchema,
  supergraph: string,
  operationsFolder: string,
): Promise<readonly GeneratedFile[]> {
  const description = await readRestDescription(operationsFolder);
  const requirements = readRequirements(parse(supergraph), DIRECTIVES);
  const routes = routeModels(book, requirements);
  return [
    restTableFile(restTable(routes, refusalStatuses(description, apiSchema), refusalTexts(description))),
    openapiFile(openapiDocument(routes, apiSchema, description)),
  ];
}

/** As they are called in a supergraph of which no subgraph renames them. */
const DIRECTIVES = { authenticated: 'authenticated', requiresScopes: 'requiresScopes' };
