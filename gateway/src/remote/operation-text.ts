import { OperationTypeNode, parse } from 'graphql';
import { BoundedCache } from '@souk/engine/operation';

/** A text that goes to a subgraph again and again. */
export interface OperationText {
  /** The JSON of the request's body up to and with the query. */
  readonly opening: string;
  /** Whether it may be sent again, or once for several: it has queries only. */
  readonly readsOnly: boolean;
}

/** Enough for the plans of several thousand operations. */
const TEXTS = 5000;

/** Reads each text once, and keeps what does not change between its requests. */
export class OperationTexts {
  readonly #texts = new BoundedCache<string, OperationText>(TEXTS);

  read(query: string): OperationText {
    return this.#texts.get(query) ?? this.#texts.set(query, readText(query));
  }
}

/** The whole body (GraphQL over HTTP, section "Request Parameters"). */
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

/** A text that cannot be read is the subgraph's to refuse; it is not taken for a query. */
function hasQueriesOnly(query: string): boolean {
  try {
    return parse(query, { noLocation: true }).definitions.every(
      (each) => each.kind !== 'OperationDefinition' || each.operation === OperationTypeNode.QUERY,
    );
  } catch {
    return false;
  }
}
