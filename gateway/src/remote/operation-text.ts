import { OperationTypeNode, parse } from 'graphql';
import { BoundedCache } from '@souk/engine/operation';

/** An operation's text for a subgraph, prepared for repeated requests. */
export interface OperationText {
  /** The JSON of the request body up to and including the query. The variables follow it. */
  readonly opening: string;
  /**
   * Whether the operation's text contains only queries. Such a request may be retried, and callers may share its
   * answer.
   */
  readonly readsOnly: boolean;
}

/** The maximum number of cached operation texts: enough for the plans of several thousand operations. */
const TEXTS = 5000;

/** Parses each operation text once, and caches the part of the request body that does not depend on the request. */
export class OperationTexts {
  readonly #texts = new BoundedCache<string, OperationText>(TEXTS);

  read(query: string): OperationText {
    return this.#texts.get(query) ?? this.#texts.set(query, readText(query));
  }
}

/** The request body as JSON (GraphQL over HTTP, section "Request Parameters"). */
export function bodyOf(
  { opening }: OperationText,
  operationName: string | undefined,
  variables: Readonly<Record<string, unknown>>,
): string {
  const name = operationName === undefined ? '' : `,"operationName":${JSON.stringify(operationName)}`;
  return `${opening}${name},"variables":${JSON.stringify(variables)}}`;
}

function readText(query: string): OperationText {
  return { opening: `{"query":${JSON.stringify(query)}`, readsOnly: hasQueriesOnly(query) };
}

/**
 * Whether the operation's text contains only queries. A text that does not parse counts as a mutation, so it is not
 * retried.
 */
function hasQueriesOnly(query: string): boolean {
  try {
    return parse(query, { noLocation: true }).definitions.every(
      (each) => each.kind !== 'OperationDefinition' || each.operation === OperationTypeNode.QUERY,
    );
  } catch {
    return false;
  }
}
