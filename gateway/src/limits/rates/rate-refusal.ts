import { GraphQLError } from 'graphql';
import type { RateState, WindowRule } from './rate-limit-store.ts';

/** A refusal of a caller that exceeded a rate. */
export interface RateRefusal {
  readonly code: 'RATE_LIMITED';
  readonly status: 429;
  readonly message: string;
  /** The exceeded limit: `tenant`, `address`, `cart`, `login-account`. */
  readonly limit: string;
  /** The wait before the next request can succeed. At least 1. */
  readonly retryAfterSeconds: number;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * @param what the subject and the verb of the message: `This address sends`
 * @param unit the counted things
 */
export function rateRefusal(rule: WindowRule, state: RateState, what: string, unit = 'requests'): RateRefusal {
  const retryAfterSeconds = wholeSeconds(state.retryAfterMs, rule.windowMs);
  return {
    code: 'RATE_LIMITED',
    status: 429,
    message: `${what} more than ${rule.limit} ${unit} in ${spoken(rule.windowMs)}: try again in ${retryAfterSeconds} s`,
    limit: rule.name,
    retryAfterSeconds,
    headers: { ...rateHeaders(rule, state), 'retry-after': String(retryAfterSeconds) },
  };
}

/** The refusal as a GraphQL error. */
export function rateError({ message, limit, retryAfterSeconds, headers, code, status }: RateRefusal): GraphQLError {
  return new GraphQLError(message, { extensions: { code, limit, retryAfterSeconds, http: { status, headers } } });
}

/** The header names of `rateHeaders`. */
export const RATE_HEADERS = ['ratelimit', 'ratelimit-policy'] as const;

/** The headers `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers-10). */
export function rateHeaders(
  { name, limit, windowMs }: WindowRule,
  { allowed, remaining, retryAfterMs }: RateState,
): Readonly<Record<string, string>> {
  const wait = allowed ? '' : `;t=${wholeSeconds(retryAfterMs, windowMs)}`;
  return {
    ratelimit: `"${name}";r=${remaining}${wait}`,
    'ratelimit-policy': `"${name}";q=${limit};w=${windowMs / 1000}`,
  };
}

/**
 * The wait in full seconds. A request for more points than the limit never succeeds. The wait in its refusal is one
 * window.
 */
function wholeSeconds(waitMs: number, windowMs: number): number {
  return Math.max(1, Math.ceil((Number.isFinite(waitMs) ? waitMs : windowMs) / 1000));
}

function spoken(windowMs: number): string {
  const minutes = windowMs / 60_000;
  if (minutes === 1) return 'a minute';
  return Number.isInteger(minutes) ? `${minutes} minutes` : `${windowMs / 1000} seconds`;
}
