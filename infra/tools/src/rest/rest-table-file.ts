import type { RestRoute, RestTable } from '@souk/gateway/rest';
import type { GeneratedFile } from '../generate/generated-file.ts';
import { REST_TABLE_PATH } from '@souk/deployment/gateway';
import type { RouteModel } from './route-model.ts';

/** The URL path of the REST API. The paths of the OpenAPI document are relative to it. */
export const BASE_PATH = '/api/v1';

/** Builds the route table with which the gateway serves the REST API. */
export function restTable(
  routes: readonly RouteModel[],
  refusals: Record<string, number>,
  refusalTexts: Record<string, string>,
): RestTable {
  return {
    generated: 'by `npm run generate` from clients/operations. Do not edit.',
    basePath: BASE_PATH,
    refusals,
    refusalTexts,
    routes: routes.map(tableRoute),
  };
}

export function restTableFile(table: RestTable): GeneratedFile {
  return { path: REST_TABLE_PATH, text: `${JSON.stringify(table, null, 2)}\n` };
}

function tableRoute(model: RouteModel): RestRoute {
  const { source: _source, object: _object, bodyFields: _fields, requires: _requires, when: _when, ...route } = model;
  return {
    ...route,
    parameters: route.parameters.map(({ slot: _slot, group: _group, ...parameter }) => parameter),
  };
}
