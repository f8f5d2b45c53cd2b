import type { GraphQLError } from 'graphql';

/** The distinct error codes, separated by spaces. Error messages are not traced, because they may contain the client's input. */
export function errorCodes(errors: readonly GraphQLError[]): string {
  const codes = errors.map(({ extensions: { code } }) => (typeof code === 'string' ? code : 'UNKNOWN'));
  return [...new Set(codes)].join(' ');
}
