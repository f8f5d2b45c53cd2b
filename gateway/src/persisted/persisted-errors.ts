import { GraphQLError } from 'graphql';

/**
 * These errors must not be cached, because the client repeats the same request with the operation's text and then gets
 * data.
 */
const NOT_STORED = { headers: { 'cache-control': 'no-store' } };

/**
 * The error for an unknown hash of an operation. Apollo's clients recognize the message, and then send the operation's
 * text.
 */
export function persistedQueryNotFound(): GraphQLError {
  return new GraphQLError('PersistedQueryNotFound', {
    extensions: { code: 'PERSISTED_QUERY_NOT_FOUND', http: NOT_STORED },
  });
}

/**
 * The error for a hash in a gateway that does not store operation texts. Apollo's clients recognize the message, and
 * then stop sending hashes.
 */
export function persistedQueryNotSupported(): GraphQLError {
  return new GraphQLError('PersistedQueryNotSupported', {
    extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED', http: NOT_STORED },
  });
}

/** The error for an unknown id that is not a hash. Clients cannot register an operation text under such an id. */
export function noSuchOperation(id: string): GraphQLError {
  return new GraphQLError(`No operation with the id "${id}" is known here: send its text as \`query\` instead`, {
    extensions: { code: 'PERSISTED_QUERY_NOT_FOUND', http: NOT_STORED },
  });
}

/** The error for an operation that is not in the manifest, in gateways that run only the manifest's operations. */
export function persistedOperationRequired(): GraphQLError {
  return new GraphQLError(
    'Only persisted operations run here: send the id of one as `documentId` or `extensions.persistedQuery`, or have this one added to them',
    { extensions: { code: 'PERSISTED_OPERATION_REQUIRED' } },
  );
}

/** The error for an operation whose text has another hash than the request contains. */
export function otherOperation(): GraphQLError {
  return badReference('`query` is not the operation that the id names: the sha256 of the two must be equal');
}

/** The error for a malformed reference to an operation. */
export function badReference(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } });
}
