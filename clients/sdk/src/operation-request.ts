import type { OperationDocument } from './operation-document.ts';
import type { AnswerError } from './souk-error.ts';

type AnyDocument = OperationDocument<'query' | 'mutation' | 'subscription', unknown, never>;

/** The body of a request. */
export interface OperationRequest {
  /** The text of the operation. Empty in a request that has only the id. */
  readonly query: string;
  readonly operationName: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** Error codes by which a gateway reports that it does not know the id and needs the text. */
const WANTS_TEXT = new Set(['PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_SUPPORTED']);

/** Builds a request with the operation's id. The id is short, and a gateway of the same version knows it. */
export function requestById({ id, name }: AnyDocument, variables: object = {}): OperationRequest {
  const extensions = { persistedQuery: { version: 1, sha256Hash: id } };
  return { query: '', operationName: name, variables: { ...variables }, extensions };
}

/** Builds a request with the operation's text, for a gateway that does not know the id. The gateway may remember the text. */
export function requestByText(document: AnyDocument, variables: object = {}): OperationRequest {
  return { ...requestById(document, variables), query: document.body };
}

/** Returns whether the operation did not run because the gateway does not know its id. */
export function wantsText(errors: readonly AnswerError[]): boolean {
  return errors.some(({ extensions }) => WANTS_TEXT.has(extensions?.code ?? ''));
}
