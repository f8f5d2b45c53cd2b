import type { FastifyInstance } from 'fastify';
import { readFile } from 'node:fs/promises';
import { addApiReference } from './api-reference.ts';
import { addRestRoutes, type RestDependencies } from './rest-routes.ts';
import { parseRestTable, type RestTable } from './rest-table.ts';

/** What the facade serves. The table and the document come from `npm run generate`. */
export interface RestOptions {
  readonly table: RestTable;
  /** The OpenAPI document of the table, as JSON. */
  readonly openapi: string;
  /** Markdown: how the parts of the API work together. */
  readonly guide: string;
}

/** @param files their paths. @throws Error when a file is not there, or is not what it should be. */
export async function readRestFiles(files: Readonly<Record<keyof RestOptions, string>>): Promise<RestOptions> {
  const [table, openapi, guide] = await Promise.all([
    readFile(files.table, 'utf8'),
    readFile(files.openapi, 'utf8'),
    readFile(files.guide, 'utf8'),
  ]);
  return { table: parseRestTable(JSON.parse(table)), openapi, guide };
}

/** The routes and their reference. */
export function addRest(
  app: FastifyInstance,
  options: RestOptions,
  dependencies: Omit<RestDependencies, 'table'>,
): void {
  addRestRoutes(app, { ...dependencies, table: options.table });
  addApiReference(app, options);
}
