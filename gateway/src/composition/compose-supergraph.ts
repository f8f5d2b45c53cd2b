import { composeServices } from '@apollo/composition';
import { GraphQLError, parse } from 'graphql';

/** A subgraph as composition sees it. */
export interface SubgraphSchema {
  readonly name: string;
  /** Where it is called over HTTP. */
  readonly url: string;
  readonly sdl: string;
}

/** Thrown when subgraphs do not fit together. Every problem is a line that names the subgraphs it is about. */
export class CompositionError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The subgraphs do not compose:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
    this.name = 'CompositionError';
  }
}

type Service = Parameters<typeof composeServices>[0][number];

/** The supergraph's SDL. @throws CompositionError with everything that is wrong. */
export function composeSupergraph(subgraphs: readonly SubgraphSchema[]): string {
  const read = subgraphs.map(readSchema);
  const problems = read.flatMap((each) => ('problem' in each ? [each.problem] : []));
  if (problems.length > 0) throw new CompositionError(problems);
  const { supergraphSdl, errors } = composeServices(read.flatMap((each) => ('problem' in each ? [] : [each])));
  if (errors) throw new CompositionError(errors.map(problemOf));
  return supergraphSdl;
}

function readSchema({ name, url, sdl }: SubgraphSchema): Service | { readonly problem: string } {
  try {
    return { name, url, typeDefs: parse(sdl) };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { problem: `[${name}] line ${error.locations?.[0]?.line ?? 1}: ${error.message}` };
  }
}

function problemOf({ message, extensions }: GraphQLError): string {
  return `${message.replace(/\s+/g, ' ').trim()} (${String(extensions['code'])})`;
}
