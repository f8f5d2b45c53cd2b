import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parse, YAMLError } from 'yaml';
import { z } from 'zod';
import type { SubgraphSchema } from './compose-supergraph.ts';

/** The schema of Apollo Rover's `supergraph.yaml`. Apollo's tools read the same file. */
const fileSchema = z.object({
  subgraphs: z.record(z.string(), z.object({ routing_url: z.url(), schema: z.object({ file: z.string() }) })),
});

/**
 * Reads the subgraphs of a `supergraph.yaml`, with their schemas. Paths are relative to the file.
 * @throws Error with every missing schema, or with the faults of the file
 */
export async function readSupergraphFile(path: string): Promise<readonly SubgraphSchema[]> {
  const listed = await listedSubgraphs(path);
  const read = await Promise.allSettled(
    listed.map(async ({ name, url, file }) => {
      const sdl = await readFile(file, 'utf8');
      return { name, url, sdl };
    }),
  );
  const problems = read.flatMap((each, at) =>
    each.status === 'rejected' ? [unreadable(listed[at], each.reason)] : [],
  );
  if (problems.length > 0) throw new Error(`${path} names schemas that cannot be read:\n${problems.join('\n')}`);
  return read.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
}

/**
 * The absolute paths of the schemas that a `supergraph.yaml` lists.
 * @throws Error with the faults of the file
 */
export async function schemaFiles(path: string): Promise<readonly string[]> {
  return (await listedSubgraphs(path)).map(({ file }) => file);
}

function unreadable(subgraph: { readonly name: string; readonly file: string } | undefined, reason: unknown): string {
  const isMissing = typeof reason === 'object' && reason !== null && 'code' in reason && reason.code === 'ENOENT';
  const place = `subgraphs.${subgraph?.name}.schema.file`;
  return isMissing ? `${place}: there is no file ${subgraph?.file}` : `${place}: ${String(reason)}`;
}

function yamlIn(path: string, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof YAMLError)) throw error;
    throw new Error(`${path} is not YAML: ${error.message}`, { cause: error });
  }
}

async function listedSubgraphs(path: string) {
  const parsed = fileSchema.safeParse(yamlIn(path, await readFile(path, 'utf8')));
  if (!parsed.success) throw new Error(`${path} is not a supergraph file:\n${z.prettifyError(parsed.error)}`);
  return Object.entries(parsed.data.subgraphs).map(([name, { routing_url: url, schema }]) => {
    return { name, url, file: resolve(dirname(path), schema.file) };
  });
}
