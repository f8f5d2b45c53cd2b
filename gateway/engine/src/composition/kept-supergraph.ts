import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { composeSupergraph, type SubgraphSchema } from './compose-supergraph.ts';

const keptSchema = z.object({ hash: z.string(), sdl: z.string() });

/**
 * Composes the supergraph's SDL, or reads it from the cache file of an earlier call. The file is valid only for the same subgraph schemas
 * and the same composition code. Composition takes a tenth of the start time.
 * @throws CompositionError with all problems
 */
export async function keptSupergraph(subgraphs: readonly SubgraphSchema[], file: string): Promise<string> {
  const hash = hashOf([composer(), JSON.stringify(subgraphs)]);
  const kept = await read(file);
  if (kept?.hash === hash) return kept.sdl;
  const sdl = composeSupergraph(subgraphs);
  write(file, JSON.stringify({ hash, sdl }));
  return sdl;
}

async function read(file: string): Promise<z.infer<typeof keptSchema> | undefined> {
  try {
    return keptSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined; // no file yet, or a damaged one: composition replaces it
  }
}

/** Replaces the file atomically, because several processes may start at the same time. */
function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const written = `${file}.${process.pid}`;
  writeFileSync(written, text, { mode: 0o600 });
  renameSync(written, file);
}

/** A hash of the composition code: Apollo's version, and the source files of this folder. */
function composer(): string {
  const { version } = createRequire(import.meta.url)('@apollo/composition/package.json') as { version: string };
  const folder = import.meta.dirname;
  const files = readdirSync(folder).filter((name) => /(?<!\.test)\.[jt]s$/.test(name));
  return hashOf([version, ...files.toSorted().map((name) => readFileSync(join(folder, name), 'utf8'))]);
}

function hashOf(texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text.length}:${text}`);
  return hash.digest('base64url');
}
