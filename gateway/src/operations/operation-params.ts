import { err, ok, type Result } from '@souk/kit/domain';
import { isJsonObject, readJson } from '@souk/engine/json';
import { isNestedBeyond, MOST_NESTED } from './nesting.ts';

/** The parameters of a request, independent of its transport (GraphQL over HTTP, section "Request Parameters"). */
export interface OperationParams {
  /** The operation's text. Null when the client sends the id of a persisted operation. */
  readonly query: string | null;
  /** The id of a persisted operation. */
  readonly documentId: string | null;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly extensions: Readonly<Record<string, unknown>>;
}

/**
 * Reads the parameters of a decoded body or payload.
 * @returns the parameters, or an error that describes the fault
 */
export function operationParams(value: unknown): Result<OperationParams, string> {
  if (!isJsonObject(value))
    return err('The body must be a JSON object like {"query": "..."}; batches are not supported');
  const { query, documentId, operationName, variables, extensions } = value;
  if (!isAbsent(query) && typeof query !== 'string') return err('`query` must be text');
  if (!isAbsent(documentId) && typeof documentId !== 'string') return err('`documentId` must be text');
  if (!isAbsent(operationName) && typeof operationName !== 'string') return err('`operationName` must be text');
  if (!isAbsent(variables) && !isJsonObject(variables)) return err('`variables` must be an object');
  if (!isAbsent(extensions) && !isJsonObject(extensions)) return err('`extensions` must be an object');
  if (isNestedBeyond(variables)) return err(`\`variables\` may be nested at most ${MOST_NESTED} levels deep`);
  if (isNestedBeyond(extensions)) return err(`\`extensions\` may be nested at most ${MOST_NESTED} levels deep`);
  return ok({
    // Some clients send an empty text together with an id, or as the name of the only operation. Empty texts count as missing.
    query: query || null,
    documentId: documentId || null,
    operationName: operationName || null,
    variables: variables ?? {},
    extensions: extensions ?? {},
  });
}

/** Reads the parameters in the query of a URL, where `variables` and `extensions` are JSON. */
export function operationParamsOfSearch(search: Readonly<Record<string, unknown>>): Result<OperationParams, string> {
  const variables = decoded(search['variables']);
  if (!variables.ok) return err('`variables` must be JSON');
  const extensions = decoded(search['extensions']);
  if (!extensions.ok) return err('`extensions` must be JSON');
  return operationParams({ ...search, variables: variables.value, extensions: extensions.value });
}

function decoded(value: unknown): Result<unknown, null> {
  if (typeof value !== 'string' || value === '') return ok(undefined);
  try {
    return ok(readJson(value));
  } catch {
    return err(null);
  }
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}
