import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { DatabaseUnavailableError } from '@souk/kit/context';
import { SubgraphUnavailableError } from '@souk/engine/subgraphs';
import { sendRestProblem } from './problem.ts';

/** An HTTP error as clients see it. */
export interface HttpProblem {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Details for programs. In GraphQL they are members of the error's `extensions`. */
  readonly details?: Readonly<Record<string, unknown>>;
}

const CODES: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  408: 'REQUEST_TIMEOUT',
  413: 'PAYLOAD_TOO_LARGE',
  414: 'ADDRESS_TOO_LONG',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_CONNECTIONS',
};

/** The problem for an error of Fastify or of a handler. A client's error gets a remedy. A server error is logged and masked. */
export function problemOf(error: FastifyError, request: FastifyRequest): HttpProblem {
  if (error instanceof SubgraphUnavailableError) return unavailable(error, request);
  if (error instanceof DatabaseUnavailableError) {
    return { ...unavailable(error, request), code: 'DATABASE_UNAVAILABLE' };
  }
  const status = error.statusCode ?? 500;
  const code = CODES[status];
  if (status >= 500 || code === undefined) {
    request.log.error({ err: error, requestId: request.id }, 'a request failed unexpectedly, its client got a 500');
    return { status: 500, code: 'INTERNAL_SERVER_ERROR', message: 'Something went wrong' };
  }
  return { status, code, message: remedyOf(status, request) ?? error.message };
}

/** The problem of a request for a URL that this server does not have. */
export function routeNotFound({ method, url }: FastifyRequest): HttpProblem {
  return {
    status: 404,
    code: 'ROUTE_NOT_FOUND',
    message: `There is nothing at ${method} ${url.split('?')[0]}: / lists the addresses of this server`,
  };
}

/**
 * The problem (HTTP 503) for a request that failed because a required service is down, for instance the service with the keys that verify
 * tokens.
 */
function unavailable(error: Error, request: FastifyRequest): HttpProblem {
  request.log.warn(
    { err: error, requestId: request.id },
    'a dependency of every request does not answer, the request got a 503 and its client may try again',
  );
  return {
    status: 503,
    code: 'SUBGRAPH_UNAVAILABLE',
    message: 'A part of the platform does not answer at the moment: try again',
  };
}

/** Sends the problem in the format of the REST API. Used for every URL except `/graphql`. */
export function sendProblem(reply: FastifyReply, { status, code, message, details }: HttpProblem): FastifyReply {
  const answer = reply.headers(retryHeaders(status));
  return sendRestProblem(answer, { status, errors: [{ code, field: null, message, ...details }] });
}

/** The additional headers of a response with this status. A 503 has `Retry-After`. */
export function retryHeaders(status: number): Readonly<Record<string, string>> {
  return status === 503 ? { 'retry-after': '1' } : {};
}

function remedyOf(status: number, request: FastifyRequest): string | null {
  if (status === 413) return tooLarge(request);
  return status === 415 ? 'The body must be JSON: send it with `Content-Type: application/json`' : null;
}

function tooLarge({ routeOptions }: FastifyRequest): string {
  return `The request body is larger than ${routeOptions.bodyLimit} bytes; send files in parts, and lists in pages`;
}
