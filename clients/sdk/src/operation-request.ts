import type { OperationDocument } from './operation-document.ts';
import type { AnswerError } from './souk-error.ts';

type AnyDocument = OperationDocument<'query' | 'mutation' | 'subscription', unknown, never>;

/** An operation as it is sent. */
export interface OperationRequest {
  /** Empty where the id is enough. */
  readonly query: string;
  readonly operationName: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** What a gateway answers that does not know an id, and wants the text. */
const WANTS_TEXT = new Set(['PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_SUPPORTED']);

/** The operation by its id: short, and known to a gateway of the same version. */
export function requestById({ id, name }: AnyDocument, variables: object = {}): OperationRequest {
  const extensions = { persistedQuery: { version: 1, sha256Hash: id } };
  return { query: '', operationName: name, variables: { ...variables }, extensions };
}

/** The operation by its text, for a gateway that answered that it does not know the id; it may remember it. */
export function requestByText(document: AnyDocument, variables: object = {}): OperationRequest {
  return { ...requestById(document, variables), query: document.body };
}

/** Whether the operation did not run because only its id was sent. */
export function wantsText(errors: readonly AnswerError[]): boolean {
  return errors.some(({ extensions }) => WANTS_TEXT.has(extensions?.code ?? ''));
}
