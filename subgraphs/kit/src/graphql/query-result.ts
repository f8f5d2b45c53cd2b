import { GraphQLError } from 'graphql';
import type { Failure, Result } from '../domain/index.ts';

/**
 * Returns the value of a read. A query has no `userErrors`, so its failures (an invalid cursor, a `first` of 10,000) become top-level
 * errors.
 * @throws GraphQLError BAD_USER_INPUT when the result is a failure
 */
export function valueOrThrow<Value>(result: Result<Value, Failure>): Value {
  if (result.ok) return result.value;
  const { message, code, field } = result.error;
  throw new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', reason: code, ...(field && { field }) } });
}
