import type { FastifyInstance } from 'fastify';
import { readFile } from 'node:fs/promises';
import { addApiReference } from './api-reference.ts';
import { addRestRoutes, type RestParts } from './rest-routes.ts';
import { parseRestTable, type RestTable } from './rest-table.ts';

/** What the facade serves. Both come from `npm run generate`. */
export interface RestOptions {
  readonly table: RestTable;
  /** The OpenAPI document of the table, as JSON. */
  readonly openapi: string;
}

/** @throws Error when a file is not there, or is not what it should be. */
export async function readRestFiles(tableFile: string, openapiFile: string): Promise<RestOptions> {
  const [table, openapi] = await Promise.all([readFile(tableFile, 'utf8'), readFile(openapiFile, 'utf8')]);
  return { table: parseRestTable(JSON.parse(table)), openapi };
}

/** The routes and their reference. */
export function addRest(app: FastifyInstance, options: RestOptions, parts: Omit<RestParts, 'table'>): void {
  addRestRoutes(app, { ...parts, table: options.table });
  addApiReference(app, options);
}
