import { AccessDeniedError, DatabaseUnavailableError, traceIdOf, type RequestContext } from '@souk/kit/context';
import { GraphQLError, type FieldNode, type GraphQLFormattedError } from 'graphql';
import { SubgraphUnavailableError } from './subgraph-unavailable.ts';
import type { EngineLogger } from './engine-logger.ts';

/** What becomes of a subgraph's error that has no code of its own: its message is hidden, or handed on. */
export type SubgraphErrors = 'masked' | 'passed';

/** Where an error came from, for the client's report and ours. */
export interface ErrorOrigin {
  /** The subgraph; null for the gateway itself. */
  readonly service: string | null;
  readonly context: RequestContext;
  readonly logger: EngineLogger;
  /** Whether a client may read what a subgraph says of its surprises. Default: masked. */
  readonly subgraphErrors?: SubgraphErrors;
}

/** What a client may know of a subgraph's errors. What it may not is logged with the request id that the client gets. */
export function presentSubgraphErrors(
  errors: readonly GraphQLError[],
  origin: ErrorOrigin,
): readonly GraphQLFormattedError[] {
  return errors.map((error) => expectedError(error, origin) ?? surprise(error, origin, error.path));
}

/** An unexpected error: logged, and answered without a word about its cause. */
export function surprise(
  error: unknown,
  origin: ErrorOrigin,
  path?: readonly (string | number)[],
): GraphQLFormattedError {
  const { service, context, logger } = origin;
  if (error instanceof SubgraphUnavailableError) return { ...unavailable(error, origin), ...(path && { path }) };
  const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  const { requestId, correlationId, tenantId, trace } = context;
  const ids = { requestId, correlationId, tenantId, ...(trace && { traceId: traceIdOf(trace) }) };
  logger.error({ err: cause, service, path, ...ids }, 'an operation failed unexpectedly');
  return {
    message: 'Something went wrong',
    ...(path && { path }),
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId, ...(service !== null && { service }) },
  };
}

/** The transport has logged it, once for all that wait for the same subgraph: here it would be a line for each request. */
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

/** An error that was thrown for the client: it has a code, denies access, or refuses the request before any resolver ran. */
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
  // A refusal of the request itself has no path: the places in the subgraph's query say which field it is about.
  const at = path ? { path } : locations && { locations };
  if (originalError instanceof AccessDeniedError) return { message, ...at, extensions: { code: originalError.code } };
  const { code, http: _http, exception: _exception, stacktrace: _stacktrace, ...rest } = extensions;
  if (typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR') {
    return { message, ...at, extensions: { ...rest, code, service } };
  }
  if (subgraphErrors === 'passed') {
    return { message, ...at, extensions: { ...rest, code: 'INTERNAL_SERVER_ERROR', service } };
  }
  // A refusal has no path, but neither has what breaks before a resolver runs: servers give that this code, and its cause.
  if (path || code !== undefined) return null;
  return { message, ...at, extensions: { code: 'BAD_USER_INPUT', service } };
}

/** The answer of an operation that failed as a whole, unexpectedly. */
export function answerSurprise(error: unknown, origin: ErrorOrigin): { readonly errors: readonly GraphQLError[] } {
  return { errors: [asError(surprise(error, origin))] };
}

/** An error that may be shown, as graphql-js and Apollo Server want it. @param nodes of the client's document: give `locations`. */
export function asError(
  { message, path, extensions }: GraphQLFormattedError,
  nodes: readonly FieldNode[] = [],
): GraphQLError {
  return new GraphQLError(message, { path: path ?? null, extensions: extensions ?? null, nodes });
}
