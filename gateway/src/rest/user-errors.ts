import type { FieldNames } from './field-names.ts';
import { isRecord } from './links.ts';
import type { ProblemError, RestProblem } from '../http/problem.ts';

/** The field of a user error that contains the seconds to wait before a retry. */
const SECONDS_TO_WAIT = 'retryAfterSeconds';

/** The data that determines the HTTP status of a mutation's user errors. */
export interface RefusalTerms {
  /** The HTTP status of each code. The status of any other code is 400. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly names: FieldNames;
  /** Whether the version was sent in `If-Match`. The status of a wrong version is then 412. */
  readonly ifMatch: boolean;
}

/** The `userErrors` of a mutation's payload as a problem, or null when there are none. */
export function problemOfUserErrors(userErrors: unknown, terms: RefusalTerms): RestProblem | null {
  if (!Array.isArray(userErrors)) return null;
  const errors = userErrors.filter(isRecord).map((each) => problemError(each, terms));
  const [first, ...others] = errors;
  if (!first) return null;
  const status = statusOf(first, terms);
  const seconds = retryAfter(first, status);
  const headers = seconds === null ? {} : { headers: { 'retry-after': String(seconds) } };
  return { status, errors: [first, ...others], ...headers };
}

/**
 * Translates a user error. The code's additional fields are kept, such as `available`, `currentVersion` and
 * `declineCode`.
 */
function problemError(
  { __typename: _type, code, message, field, ...extras }: Readonly<Record<string, unknown>>,
  { names }: RefusalTerms,
): ProblemError {
  const path = Array.isArray(field) ? field.map(String) : null;
  return { code: String(code), field: path && names.ofInput(path), message: String(message), ...extras };
}

function statusOf({ code, field }: ProblemError, { statuses, names, ifMatch }: RefusalTerms): number {
  if (ifMatch && code === 'VERSION_CONFLICT') return 412;
  const status = statuses[code] ?? 400;
  // The body of the request names the missing object. The resource of the URL exists, so the status is 400 instead of
  // 404.
  return status === 404 && field !== null && !names.isInPath(field) ? 400 : status;
}

/** The seconds to wait that the refusal contains. One second for a 503 without this number. Null for other refusals. */
function retryAfter(first: ProblemError, status: number): number | null {
  const seconds = Reflect.get(first, SECONDS_TO_WAIT);
  if (typeof seconds === 'number') return seconds;
  return status === 503 ? 1 : null;
}
