import type { GraphQLError } from 'graphql';

/** The distinct codes of errors. The codes stand for the messages, which may quote the client's input. */
export function errorCodes(errors: readonly GraphQLError[]): string {
  const codes = errors.map(({ extensions: { code } }) => (typeof code === 'string' ? code : 'UNKNOWN'));
  return [...new Set(codes)].join(' ');
}
