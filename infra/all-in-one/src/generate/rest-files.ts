import { Kind, parse, type GraphQLSchema } from 'graphql';
import type { OperationBook } from '../operations/persisted-operation.ts';
import { openapiDocument, openapiFile } from '../rest/openapi-document.ts';
import type { OperationParts } from '../rest/operation-parts.ts';
import { readRestDescription, refusalStatuses, refusalTexts } from '../rest/rest-description.ts';
import { restTable, restTableFile } from '../rest/rest-table-file.ts';
import { routeModels } from '../rest/route-model.ts';
import type { GeneratedFile } from './generated-file.ts';

/**
 * The REST facade: the table of routes that the gateway serves, and its OpenAPI document.
 * @param supergraph says which fields are protected, which clients do not see.
 * @throws OperationProblems for routes that cannot be.
 */
export async function restFiles(
  book: OperationBook,
  apiSchema: GraphQLSchema,
  supergraph: string,
  operationsFolder: string,
): Promise<readonly GeneratedFile[]> {
  const description = await readRestDescription(operationsFolder);
  const routes = routeModels(book);
  return [
    restTableFile(restTable(routes, refusalStatuses(description, apiSchema), refusalTexts(description))),
    openapiFile(openapiDocument(routes, apiSchema, description, protectedFields(supergraph))),
  ];
}

const PROTECTIONS = new Set(['authenticated', 'requiresScopes', 'policy']);

function protectedFields(supergraph: string): OperationParts['isProtected'] {
  const fields = parse(supergraph).definitions.flatMap((node) =>
    node.kind === Kind.OBJECT_TYPE_DEFINITION
      ? (node.fields ?? [])
          .filter(({ directives = [] }) => directives.some(({ name }) => PROTECTIONS.has(name.value)))
          .map((field) => `${node.name.value}.${field.name.value}`)
      : [],
  );
  const known = new Set(fields);
  return (rootType, field) => known.has(`${rootType}.${field}`);
}
