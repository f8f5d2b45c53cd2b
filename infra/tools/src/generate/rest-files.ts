import { readRequirements } from '@souk/gateway/rest';
import { parse, type GraphQLSchema } from 'graphql';
import type { OperationBook } from '../operations/persisted-operation.ts';
import { openapiDocument, openapiFile } from '../rest/openapi-document.ts';
import { readRestDescription, refusalStatuses, refusalTexts } from '../rest/rest-description.ts';
import { restTable, restTableFile } from '../rest/rest-table-file.ts';
import { routeModels } from '../rest/route-model.ts';
import type { GeneratedFile } from './generated-file.ts';

/**
 * Generates the files of the REST API: the table of routes for the gateway, and the OpenAPI document.
 * @param supergraph the supergraph, with the scopes that fields require. The API's schema lacks the scopes.
 * @throws OperationProblems for invalid routes.
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

/** Names of the directives in a supergraph whose subgraphs do not rename them. */
const DIRECTIVES = { authenticated: 'authenticated', requiresScopes: 'requiresScopes' };
