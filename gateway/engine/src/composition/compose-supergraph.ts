import { composeServices } from '@apollo/composition';
import { GraphQLError, parse } from 'graphql';
import { oneOfProblems, withOneOf, withoutOneOf } from './one-of.ts';

/** A subgraph's schema for composition. */
export interface SubgraphSchema {
  readonly name: string;
  /** The URL of the subgraph over HTTP. */
  readonly url: string;
  readonly sdl: string;
}

/** Thrown when subgraphs do not compose. Each problem is a line that names its subgraphs. */
export class CompositionError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The subgraphs do not compose:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
    this.name = 'CompositionError';
  }
}

type Service = Parameters<typeof composeServices>[0][number];

interface ReadSchema {
  readonly service: Service;
  /** The names of the input types that had `@oneOf` in a subgraph. */
  readonly oneOf: readonly string[];
}

/**
 * Composes the supergraph's SDL.
 * @throws CompositionError with all problems
 */
export function composeSupergraph(subgraphs: readonly SubgraphSchema[]): string {
  const read = subgraphs.map(readSchema);
  const problems = read.flatMap((each) => ('problem' in each ? [each.problem] : []));
  if (problems.length > 0) throw new CompositionError(problems);
  const schemas = read.flatMap((each) => ('problem' in each ? [] : [each]));
  const { supergraphSdl, errors } = composeServices(schemas.map(({ service }) => service));
  if (errors) throw new CompositionError(errors.map(problemOf));
  const oneOf = new Set(schemas.flatMap((each) => each.oneOf));
  const unfit = oneOfProblems(supergraphSdl, oneOf);
  if (unfit.length > 0) throw new CompositionError(unfit);
  return withOneOf(supergraphSdl, oneOf);
}

function readSchema({ name, url, sdl }: SubgraphSchema): ReadSchema | { readonly problem: string } {
  try {
    const { document, inputs } = withoutOneOf(parse(sdl));
    return { service: { name, url, typeDefs: document }, oneOf: inputs };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { problem: `[${name}] line ${error.locations?.[0]?.line ?? 1}: ${error.message}` };
  }
}

function problemOf({ message, extensions }: GraphQLError): string {
  return `${message.replace(/\s+/g, ' ').trim()} (${String(extensions['code'])})`;
}
