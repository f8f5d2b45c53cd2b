import type { FastifyInstance } from 'fastify';
import { readFile } from 'node:fs/promises';
import { addApiReference } from './api-reference.ts';
import { addRestRoutes, type RestDependencies } from './rest-routes.ts';
import { parseRestTable, type RestTable } from './rest-table.ts';

/** The files of the REST facade. `npm run generate` creates the table and the OpenAPI document. */
export interface RestOptions {
  readonly table: RestTable;
  /** The OpenAPI document of the routes, as JSON. */
  readonly openapi: string;
  /** A guide in Markdown. It explains the resources and the order of requests. */
  readonly guide: string;
}

/**
 * Reads the files of the REST facade.
 * @param files the paths of the files
 * @throws Error when a file is missing or malformed
 */
export async function readRestFiles(files: Readonly<Record<keyof RestOptions, string>>): Promise<RestOptions> {
  const [table, openapi, guide] = await Promise.all([
    readFile(files.table, 'utf8'),
    readFile(files.openapi, 'utf8'),
    readFile(files.guide, 'utf8'),
  ]);
  return { table: parseRestTable(JSON.parse(table)), openapi, guide };
}

/** Adds the REST routes, and the API reference with its pages. */
export function addRest(
  app: FastifyInstance,
  options: RestOptions,
  dependencies: Omit<RestDependencies, 'table'>,
): void {
  addRestRoutes(app, { ...dependencies, table: options.table });
  addApiReference(app, options);
}
