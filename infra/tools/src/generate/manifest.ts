import type { PersistedOperation } from '../operations/persisted-operation.ts';
import type { GeneratedFile } from './generated-file.ts';

/**
 * Generates the manifest of persisted operations in Apollo's format, which the gateway reads.
 * https://www.apollographql.com/docs/graphos/platform/security/persisted-queries#manifest-format
 */
export function manifestFile(operations: readonly PersistedOperation[]): GeneratedFile {
  const manifest = {
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: operations.map(({ id, name, type, body }) => ({ id, name, type, body })),
  };
  return { path: 'clients/operations/manifest.json', text: `${JSON.stringify(manifest, null, 2)}\n` };
}
