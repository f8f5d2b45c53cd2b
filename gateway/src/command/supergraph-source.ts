import { GraphQLError } from 'graphql';
import { readFile } from 'node:fs/promises';
import { composeSupergraph, readSupergraphFile, schemaFiles } from '@souk/engine/composition';
import { StartProblem, systemCode } from './start-problem.ts';

/** A supergraph in a file. */
export interface SupergraphSource {
  /**
   * The present SDL.
   * @throws StartProblem when the file cannot be read or composed
   */
  read(): Promise<string>;
  /**
   * The paths to watch for changes: the SDL, or the `supergraph.yaml` and the schema files that it lists. Only the path
   * of the `supergraph.yaml` while this file cannot be read.
   */
  files(): Promise<readonly string[]>;
}

/** Reads an SDL, or composes the subgraphs of a `supergraph.yaml`. */
export function supergraphSource(path: string): SupergraphSource {
  return /\.ya?ml$/i.test(path) ? composed(path) : { read: () => readSdl(path), files: async () => [path] };
}

function composed(path: string): SupergraphSource {
  return {
    read: async () => {
      await readText(path); // throws a readable error when the file is missing
      try {
        return composeSupergraph(await readSupergraphFile(path));
      } catch (error) {
        throw error instanceof Error ? new StartProblem(error.message) : error;
      }
    },
    files: async () => [path, ...(await schemaFiles(path).catch(() => []))],
  };
}

async function readSdl(path: string): Promise<string> {
  const sdl = await readText(path);
  if (sdl.trim() === '') throw new StartProblem(`${path} is empty`);
  return sdl;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    switch (systemCode(error)) {
      case 'ENOENT':
        throw new StartProblem(`There is no file ${path}: name another with --supergraph`);
      case 'EISDIR':
        throw new StartProblem(`${path} is a folder: name a file in it with --supergraph`);
      case 'EACCES':
        throw new StartProblem(`${path} may not be read by this user`);
      case null:
      default:
        throw error;
    }
  }
}

/**
 * The error for an SDL that cannot be served. The message contains the line and the column of a syntax or schema error.
 */
export function unservable(path: string, error: unknown): StartProblem {
  if (error instanceof StartProblem) return error;
  const place = error instanceof GraphQLError ? error.locations?.[0] : undefined;
  const reason = reasonOf(error);
  return new StartProblem(
    `${path} cannot be served: ${reason}${place ? ` (line ${place.line}, column ${place.column})` : ''}`,
  );
}

function reasonOf(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  if (!/must be a core schema/i.test(reason)) return reason;
  return 'it is the schema of a subgraph, or a plain one, and no supergraph. Compose it first: list it in a supergraph.yaml (`subgraphs: { name: { routing_url: ..., schema: { file: ... } } }`) and name that with --supergraph, or run `rover supergraph compose`';
}
