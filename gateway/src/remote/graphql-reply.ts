import { reportedSuccesses, successesReport } from '@souk/kit/results';
import { GraphQLError, type ExecutionResult } from 'graphql';
import { z } from 'zod';
import { isExactNumber, readJson } from '@souk/engine/json';
import { SubgraphUnavailableError } from '@souk/engine/subgraphs';
import { isNestedBeyond } from '../operations/nesting.ts';
import type { HttpReply } from './http-exchange.ts';

const errorsSchema = z.array(
  z.looseObject({
    message: z.string(),
    path: z.array(z.union([z.string(), z.number()])).nullish(),
    extensions: z.record(z.string(), z.unknown()).nullish(),
  }),
);

/** Statuses that a proxy sends when it cannot reach the server behind it. */
const OVERLOADED = new Set([502, 503, 504]);
const EXCERPT = 200;

/**
 * Reads the GraphQL result of an HTTP response. Any status may have a result, because GraphQL over HTTP allows refusals with 4xx and 5xx.
 * @param signsContexts whether the subgraph verifies contexts that the gateway signs. For other subgraphs a 401 concerns the credentials of
 * a client.
 * @throws SubgraphUnavailableError for 502, 503 and 504 without a result, and for 401 if the gateway signs contexts
 * @throws Error with the beginning of the body, for any other body that is not a GraphQL response
 */
export function readGraphqlReply(
  { status, text }: Pick<HttpReply, 'status' | 'text'>,
  address: string,
  signsContexts = false,
): ExecutionResult {
  const result = resultOf(parseJson(text));
  if (result) return result;
  if (OVERLOADED.has(status)) throw new SubgraphUnavailableError('OVERLOADED', `${address} returned ${status}`);
  if (status === 401 && signsContexts)
    throw new SubgraphUnavailableError('REFUSED', `${address} returned 401: ${excerpt(text)}`);
  throw new Error(`${address} returned ${status} with a body that is not a GraphQL response: ${excerpt(text)}`);
}

/**
 * Parses a GraphQL result. Its errors must be well-formed.
 * @returns null when the value is not a GraphQL result
 */
export function resultOf(value: unknown): ExecutionResult | null {
  if (typeof value !== 'object' || value === null) return null;
  const data = 'data' in value ? value.data : undefined;
  const errors = 'errors' in value ? value.errors : undefined;
  if (typeof data !== 'object' || Array.isArray(data) || isExactNumber(data))
    return data === undefined ? refusalOf(errors) : null;
  // The types of `data` are not checked here, because only the query plan reads the members, and it knows their names.
  const known = { data: data as ExecutionResult['data'] & object, ...reportOf(value) };
  const read = errors === undefined || errors === null ? [] : readErrors(errors);
  if (!read) return null;
  return read.length > 0 ? { ...known, errors: read } : known;
}

/**
 * The accepted extensions of a subgraph's result. The gateway accepts only the list of successful root fields, see
 * `markSucceeded`.
 */
function reportOf(value: object): Pick<ExecutionResult, 'extensions'> {
  const succeeded = 'extensions' in value ? reportedSuccesses(value.extensions) : [];
  return succeeded.length === 0 ? {} : { extensions: successesReport(succeeded) };
}

function refusalOf(errors: unknown): ExecutionResult | null {
  const read = readErrors(errors);
  return read && read.length > 0 ? { errors: read } : null;
}

function readErrors(errors: unknown): readonly GraphQLError[] | null {
  const read = errorsSchema.safeParse(errors);
  if (!read.success) return null;
  return read.data.map(
    ({ message, path, extensions }) =>
      // Errors are sent to clients as they are. An error that cannot be written as JSON would break the client's connection.
      new GraphQLError(message, {
        path: path ?? null,
        extensions: extensions && !isNestedBeyond(extensions) ? extensions : null,
      }),
  );
}

function parseJson(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return undefined;
  }
}

function excerpt(text: string): string {
  return JSON.stringify(text.length > EXCERPT ? `${text.slice(0, EXCERPT)}...` : text);
}
