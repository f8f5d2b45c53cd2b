import { fileURLToPath } from 'node:url';

/** Paths of the generated files of the REST API, from the root of the repository. */
export const REST_TABLE_PATH = 'clients/operations/rest-routes.json';
export const OPENAPI_PATH = 'docs/openapi.json';

const ROOT = new URL('../../../../', import.meta.url);

export const OPENAPI_FILE = fileURLToPath(new URL(OPENAPI_PATH, ROOT));

/** The REST files that the gateway reads. */
export const REST_FILES = {
  table: fileURLToPath(new URL(REST_TABLE_PATH, ROOT)),
  openapi: OPENAPI_FILE,
  guide: fileURLToPath(new URL('docs/guide.md', ROOT)),
};
