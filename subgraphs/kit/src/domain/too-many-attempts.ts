import { failure, type Failure } from './failure.ts';

/** Returned when the caller has made the maximum number of attempts within a time window. */
export interface TooManyAttempts extends Failure<'TOO_MANY_ATTEMPTS'> {
  readonly retryAfterSeconds: number;
}

/**
 * The failure of an attempt that exceeds its limit.
 * @param what the attempted action, as the first words of the message
 * @param field the path of the input field that the message concerns
 */
export function tooManyAttempts(what: string, retryAfterSeconds: number, field: readonly string[]): TooManyAttempts {
  const message = `${what} too often; try again in ${retryAfterSeconds} s`;
  return { ...failure('TOO_MANY_ATTEMPTS', message, field), retryAfterSeconds };
}
