import { AccessDeniedError, DatabaseUnavailableError, traceIdOf, type RequestContext } from '@souk/kit/context';
import { GraphQLError, type FieldNode, type GraphQLFormattedError } from 'graphql';
import { SubgraphUnavailableError } from './subgraph-unavailable.ts';
import type { EngineLogger } from './engine-logger.ts';

/** Whether the gateway masks the message of a subgraph's error without a code, or passes it to clients. */
export type SubgraphErrors = 'masked' | 'passed';

/** The origin of an error. The client's error and the log name it. */
export interface ErrorOrigin {
  /** The subgraph, or null for the gateway itself. */
  readonly service: string | null;
  readonly context: RequestContext;
  readonly logger: EngineLogger;
  /**
   * Whether clients may read the messages of unexpected errors.
   * @default masked
   */
  readonly subgraphErrors?: SubgraphErrors;
}

/** The errors for the client. Hidden details are logged with the request id that the client gets. */
export function presentSubgraphErrors(
  errors: readonly GraphQLError[],
  origin: ErrorOrigin,
): readonly GraphQLFormattedError[] {
  return errors.map((error) => expectedError(error, origin) ?? maskedError(error, origin, error.path));
}

/** Logs an unexpected error, and returns the error for the client, without the cause. */
export function maskedError(
  error: unknown,
  origin: ErrorOrigin,
  path?: readonly (string | number)[],
): GraphQLFormattedError {
  const { service, context, logger } = origin;
  if (error instanceof SubgraphUnavailableError) return { ...unavailable(error, origin), ...(path && { path }) };
  const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  const { requestId, correlationId, tenantId, trace } = context;
  const ids = { requestId, correlationId, tenantId, ...(trace && { traceId: traceIdOf(trace) }) };
  logger.error(
    { err: cause, service, path, ...ids },
    'an operation failed unexpectedly, its client got INTERNAL_SERVER_ERROR',
  );
  return {
    message: 'Something went wrong',
    ...(path && { path }),
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId, ...(service !== null && { service }) },
  };
}

/**
 * The error for a subgraph that is down. It is not logged here, because the transport logs each outage once. A line per request would flood
 * the log.
 */
function unavailable(
  error: SubgraphUnavailableError,
  { service, context, logger }: ErrorOrigin,
): GraphQLFormattedError {
  const { requestId } = context;
  logger.debug({ err: error, service, requestId }, 'a subgraph does not answer');
  const lost = error.reason === 'STREAM_LOST';
  return {
    message: lost
      ? `The events of the subgraph "${service}" were lost: subscribe again, and read the present state first`
      : `${service === null ? 'A part of the platform' : `The subgraph "${service}"`} does not answer at the moment: try again`,
    extensions: { code: 'SUBGRAPH_UNAVAILABLE', requestId, ...(service !== null && { service }) },
  };
}

/**
 * The error for the client when the error is expected, otherwise null. An expected error has a code, denies access, or
 * refuses the request before any resolver ran.
 */
function expectedError(
  { message, path, locations, extensions, originalError }: GraphQLError,
  { service, context, logger, subgraphErrors = 'masked' }: ErrorOrigin,
): GraphQLFormattedError | null {
  if (originalError instanceof DatabaseUnavailableError) {
    const { requestId } = context;
    logger.warn(
      { err: originalError, service, requestId },
      'the database did not serve an operation, its client may try again',
    );
  }
  // An error that refuses the whole request has no path. Its locations in the subgraph's query show the refused field.
  const at = path ? { path } : locations && { locations };
  if (originalError instanceof AccessDeniedError) return { message, ...at, extensions: { code: originalError.code } };
  const { code, http: _http, exception: _exception, stacktrace: _stacktrace, ...rest } = extensions;
  if (typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR') {
    return { message, ...at, extensions: { ...rest, code, service } };
  }
  if (subgraphErrors === 'passed') {
    return { message, ...at, extensions: { ...rest, code: 'INTERNAL_SERVER_ERROR', service } };
  }
  // Servers report a refused request and a failure before the first resolver with the same code and without a path. Only a failure has a
  // cause.
  if (path || code !== undefined) return null;
  return { message, ...at, extensions: { code: 'BAD_USER_INPUT', service } };
}

/** The answer to an operation that failed as a whole with an unexpected error. */
export function unexpectedFailure(error: unknown, origin: ErrorOrigin): { readonly errors: readonly GraphQLError[] } {
  return { errors: [asError(maskedError(error, origin))] };
}

/**
 * An error for the client, in the form of graphql-js and Apollo Server.
 * @param nodes the nodes of the client's document for `locations`
 */
export function asError(
  { message, path, extensions }: GraphQLFormattedError,
  nodes: readonly FieldNode[] = [],
): GraphQLError {
  return new GraphQLError(message, { path: path ?? null, extensions: extensions ?? null, nodes });
}
