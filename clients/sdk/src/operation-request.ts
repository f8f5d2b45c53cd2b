import type { OperationDocument } from './operation-document.ts';
import type { AnswerError } from './souk-error.ts';

type AnyDocument = OperationDocument<'query' | 'mutation' | 'subscription', unknown, never>;

/** The JSON body of a GraphQL request. */
export interface OperationRequest {
  /** The text of the operation. Empty in a request that has only the operation's id. */
  readonly query: string;
  readonly operationName: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** Error codes of a gateway that does not know the operation's id. The client then sends the operation's text. */
const WANTS_TEXT = new Set(['PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_SUPPORTED']);

/**
 * Builds a request with the id of the operation and without its text. A gateway of the same version has the text of
 * this id.
 */
export function requestById({ id, name }: AnyDocument, variables: object = {}): OperationRequest {
  const extensions = { persistedQuery: { version: 1, sha256Hash: id } };
  return { query: '', operationName: name, variables: { ...variables }, extensions };
}

/**
 * Builds a request with the text of the operation, for a gateway that does not know the id. The gateway may store the
 * text under the id.
 */
export function requestByText(document: AnyDocument, variables: object = {}): OperationRequest {
  return { ...requestById(document, variables), query: document.body };
}

/** Returns whether the operation did not run because the gateway does not know its id. */
export function wantsText(errors: readonly AnswerError[]): boolean {
  return errors.some(({ extensions }) => WANTS_TEXT.has(extensions?.code ?? ''));
}
