import type { GraphQLError } from 'graphql';

/** The codes of errors, each once. Their messages may hold what somebody entered. */
export function errorCodes(errors: readonly GraphQLError[]): string {
  const codes = errors.map(({ extensions: { code } }) => (typeof code === 'string' ? code : 'UNKNOWN'));
  return [...new Set(codes)].join(' ');
}
