import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { DatabaseUnavailableError, logIds, type RequestContext } from '@souk/kit/context';
import type { Logger } from '@souk/kit/runtime';

/** The request in which an error occurred, and its logger. */
export interface ErrorOrigin {
  readonly context: RequestContext;
  readonly logger: Logger;
}

/** The errors for the response to the gateway. An error with a code is meant for the client. Any other error is logged and masked. */
export function presentErrors(errors: readonly GraphQLError[], origin: ErrorOrigin): readonly GraphQLFormattedError[] {
  return errors.map((error) => {
    if (error.originalError instanceof DatabaseUnavailableError) logOutage(error.originalError, origin);
    return isUnexpected(error) ? masked(error, origin) : error.toJSON();
  });
}

/** Whether a resolver threw the error without a code. An error without a path was found before execution, so its cause is the document. */
export function isUnexpected({ path, extensions }: GraphQLError): boolean {
  return path !== undefined && typeof extensions['code'] !== 'string';
}

function logOutage(error: DatabaseUnavailableError, { context, logger }: ErrorOrigin): void {
  logger.warn({ error, ...logIds(context) }, 'database unavailable, operation failed, the client may retry');
}

function masked(error: GraphQLError, { context, logger }: ErrorOrigin): GraphQLFormattedError {
  const { requestId } = context;
  const { path } = error;
  logger.error(
    { error: error.originalError ?? error, path, ...logIds(context) },
    'operation failed unexpectedly, the client received a masked error',
  );
  return {
    message: 'Something went wrong',
    ...(path && { path }),
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
  };
}
