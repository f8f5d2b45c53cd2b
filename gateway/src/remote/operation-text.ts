import { OperationTypeNode, parse } from 'graphql';
import { BoundedCache } from '@souk/engine/operation';

/** The text of an operation that the gateway sends to a subgraph repeatedly. */
export interface OperationText {
  /** The JSON of the request body up to and including the query. */
  readonly opening: string;
  /** Whether the text has queries only, so it may be sent again, or once for several callers. */
  readonly readsOnly: boolean;
}

/** The maximum number of cached texts: enough for the plans of several thousand operations. */
const TEXTS = 5000;

/** Parses each text once, and keeps the part of the body that does not change between requests. */
export class OperationTexts {
  readonly #texts = new BoundedCache<string, OperationText>(TEXTS);

  read(query: string): OperationText {
    return this.#texts.get(query) ?? this.#texts.set(query, readText(query));
  }
}

/** The whole request body (GraphQL over HTTP, section "Request Parameters"). */
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

/** Whether the text contains queries only. A text that does not parse does not count as a query, and the subgraph refuses it. */
function hasQueriesOnly(query: string): boolean {
  try {
    return parse(query, { noLocation: true }).definitions.every(
      (each) => each.kind !== 'OperationDefinition' || each.operation === OperationTypeNode.QUERY,
    );
  } catch {
    return false;
  }
}
