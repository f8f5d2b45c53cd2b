import type { FieldNames } from './field-names.ts';
import { isRecord } from './links.ts';
import type { ProblemError, RestProblem } from '../http/problem.ts';

/** A refusal that may not be repeated before some seconds says so in this member. */
const SECONDS_TO_WAIT = 'retryAfterSeconds';

/** What the statuses of refusals depend on, besides the code. */
export interface RefusalTerms {
  /** The HTTP status of each code. A code that is not in it is a 400. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly names: FieldNames;
  /** Whether the version came as `If-Match`, whose failure has a status of its own. */
  readonly ifMatch: boolean;
}

/** The `userErrors` of a mutation's payload as a problem; null when there are none. */
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

/** With whatever a typed error says besides: `available`, `currentVersion`, `declineCode`. */
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
  // What is not there is in the body: the address itself is right.
  return status === 404 && field !== null && !names.isInPath(field) ? 400 : status;
}

/** Seconds: as many as the refusal says; one for what may work again at any time. */
function retryAfter(first: ProblemError, status: number): number | null {
  const seconds = Reflect.get(first, SECONDS_TO_WAIT);
  if (typeof seconds === 'number') return seconds;
  return status === 503 ? 1 : null;
}
