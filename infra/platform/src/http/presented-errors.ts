import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { DatabaseUnavailableError, logIds, type RequestContext } from '@souk/kit/context';
import type { Logger } from '@souk/kit/runtime';

/** What the log says of where an error came from. */
export interface ErrorOrigin {
  readonly context: RequestContext;
  readonly logger: Logger;
}

/** What the gateway may know of errors: those with a code are meant for the caller, of others the log has the cause. */
export function presentErrors(errors: readonly GraphQLError[], origin: ErrorOrigin): readonly GraphQLFormattedError[] {
  return errors.map((error) => {
    if (error.originalError instanceof DatabaseUnavailableError) logOutage(error.originalError, origin);
    return isSurprise(error) ? masked(error, origin) : error.toJSON();
  });
}

/** Without a path it was refused before any resolver ran: that is the document's fault, and no secret. */
export function isSurprise({ path, extensions }: GraphQLError): boolean {
  return path !== undefined && typeof extensions['code'] !== 'string';
}

function logOutage(error: DatabaseUnavailableError, { context, logger }: ErrorOrigin): void {
  logger.warn({ error, ...logIds(context) }, 'the database did not serve an operation, its client may try again');
}

function masked(error: GraphQLError, { context, logger }: ErrorOrigin): GraphQLFormattedError {
  const { requestId } = context;
  const { path } = error;
  logger.error({ error: error.originalError ?? error, path, ...logIds(context) }, 'an operation failed unexpectedly');
  return {
    message: 'Something went wrong',
    ...(path && { path }),
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
  };
}
