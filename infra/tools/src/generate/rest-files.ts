import { readRequirements } from '@souk/gateway/rest';
import { parse, type GraphQLSchema } from 'graphql';
import type { OperationBook } from '../operations/persisted-operation.ts';
import { openapiDocument, openapiFile } from '../rest/openapi-document.ts';
import { readRestDescription, refusalStatuses, refusalTexts } from '../rest/rest-description.ts';
import { restTable, restTableFile } from '../rest/rest-table-file.ts';
import { routeModels } from '../rest/route-model.ts';
import type { GeneratedFile } from './generated-file.ts';

/**
 * Generates the files of the REST API: the gateway's route table and the OpenAPI document.
 * @param supergraph the supergraph SDL, because the API schema lacks the required scopes.
 * @throws OperationProblems when a route is invalid.
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

/**
 * The names of the federation directives in the supergraph. The subgraphs import these directives under their standard
 * names.
 */
const DIRECTIVES = { authenticated: 'authenticated', requiresScopes: 'requiresScopes' };
