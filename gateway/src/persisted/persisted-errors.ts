import { GraphQLError } from 'graphql';

/** What comes again with the text must not be answered from a cache. */
const NOT_STORED = { headers: { 'cache-control': 'no-store' } };

/** Clients of Apollo's protocol know these two by their messages, and send the text then. */
export function persistedQueryNotFound(): GraphQLError {
  return new GraphQLError('PersistedQueryNotFound', {
    extensions: { code: 'PERSISTED_QUERY_NOT_FOUND', http: NOT_STORED },
  });
}

/** As `persistedQueryNotFound`; clients stop sending hashes. */
export function persistedQueryNotSupported(): GraphQLError {
  return new GraphQLError('PersistedQueryNotSupported', {
    extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED', http: NOT_STORED },
  });
}

/** For an id that is no hash: no text can make it known. */
export function noSuchOperation(id: string): GraphQLError {
  return new GraphQLError(`No operation with the id "${id}" is known here: send its text as \`query\` instead`, {
    extensions: { code: 'PERSISTED_QUERY_NOT_FOUND', http: NOT_STORED },
  });
}

/** Where nothing but the manifest runs. */
export function persistedOperationRequired(): GraphQLError {
  return new GraphQLError(
    'Only persisted operations run here: send the id of one as `documentId` or `extensions.persistedQuery`, or have this one added to them',
    { extensions: { code: 'PERSISTED_OPERATION_REQUIRED' } },
  );
}

/** The text is not the one that the id stands for. */
export function otherOperation(): GraphQLError {
  return badReference('`query` is not the operation that the id names: the sha256 of the two must be equal');
}

/** What a client has to correct in its request. */
export function badReference(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } });
}
