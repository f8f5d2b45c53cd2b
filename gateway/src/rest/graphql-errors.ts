import type { GraphQLError } from 'graphql';
import { httpOfErrors } from '../operations/http-of-errors.ts';
import type { FieldNames } from './field-names.ts';
import type { ProblemError, RestProblem } from '../http/problem.ts';
import { refusedInput } from './refused-input.ts';

/** The HTTP status of an error by its code, for errors without a status in `extensions.http`. */
const STATUSES: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  BAD_USER_INPUT: 400,
  RATE_LIMITED: 429,
};

/**
 * The problem of an operation that returned no data for the request.
 * @param names the names of the route's parameters and fields
 */
export function problemOfErrors(errors: readonly GraphQLError[], names: FieldNames): RestProblem {
  const [first = UNKNOWN, ...others] = errors.map((error) => refusedInput(error, names) ?? problemError(error, null));
  const { status: named, headers } = httpOfErrors(errors);
  const status = named ?? statusOf(first.code);
  return { status, errors: [first, ...others], headers: { ...(status === 503 && RETRY_LATER), ...headers } };
}

/**
 * The errors of an answer with data in which fields are missing.
 * @param depth the number of path segments above the data
 */
export function partErrors(errors: readonly GraphQLError[], depth: number): readonly ProblemError[] {
  // REST shows a list in `{nodes}` as a plain list, so the paths of errors omit `nodes`.
  return errors.map((error) => {
    const place = error.path?.slice(depth).filter((part) => part !== 'nodes') ?? [];
    return problemError(error, place.join('.') || null);
  });
}

const RETRY_LATER = { 'retry-after': '1' };
const UNKNOWN: ProblemError = { code: 'INTERNAL_SERVER_ERROR', field: null, message: 'Something went wrong' };

function problemError({ message, extensions }: GraphQLError, field: string | null): ProblemError {
  const code = extensions['code'];
  const { limit, retryAfterSeconds } = extensions; // of a rate limit's refusal
  const wait = typeof limit === 'string' && { limit, retryAfterSeconds };
  return { code: typeof code === 'string' ? code : UNKNOWN.code, field, message, ...wait };
}

function statusOf(code: string): number {
  if (code.endsWith('_UNAVAILABLE') || code.endsWith('_TIMEOUT')) return 503;
  return STATUSES[code] ?? (code === UNKNOWN.code ? 500 : 400);
}
