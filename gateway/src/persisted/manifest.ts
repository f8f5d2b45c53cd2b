import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const manifestSchema = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(
    z.object({
      id: z.string().min(1),
      name: z.string().min(1),
      type: z.enum(['query', 'mutation', 'subscription']),
      body: z.string().min(1),
    }),
  ),
});

/**
 * Operations that clients call by id, in Apollo's format.
 * https://www.apollographql.com/docs/graphos/platform/security/persisted-queries#manifest-format
 */
export type OperationManifest = Readonly<z.infer<typeof manifestSchema>>;

/**
 * Reads a manifest.
 * @throws Error that names the file and the fault
 */
export async function readManifestFile(path: string): Promise<OperationManifest> {
  return parseManifest(await readFile(path, 'utf8'), path);
}

/**
 * Parses a manifest.
 * @param name the manifest's name, for errors
 * @throws Error that describes the fault
 */
export function parseManifest(text: string, name: string): OperationManifest {
  const manifest = manifestSchema.safeParse(jsonOf(text));
  if (!manifest.success)
    throw new Error(`${name} is not a manifest of operations:\n${z.prettifyError(manifest.error)}`);
  const ids = manifest.data.operations.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new Error(`${name} has two operations with the id ${twice}. Give each its own id.`);
  return manifest.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
