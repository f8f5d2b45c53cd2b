import type { FastifyReply } from 'fastify';
import { STATUS_CODES } from 'node:http';
import { acceptsProblems } from './accept.ts';
import { problemType } from './problem-codes.ts';

/** One fault of a request. */
export interface ProblemError {
  readonly code: string;
  /** The field's name in REST: `lines.0.quantity`, `limit`, `If-Match`. Null when the fault concerns the request as a whole. */
  readonly field: string | null;
  /** The problem, and how the client can correct it. */
  readonly message: string;
  /** Details for programs, such as `available` of the code `INSUFFICIENT_STOCK`. */
  readonly [extra: string]: unknown;
}

/** A refused request: its status and its errors. */
export interface RestProblem {
  readonly status: number;
  /** The errors, at least one. The first error determines the problem's type and detail. */
  readonly errors: readonly [ProblemError, ...ProblemError[]];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A problem with a single error. */
export function restProblem(
  status: number,
  code: string,
  message: string,
  field: string | null = null,
  headers?: Readonly<Record<string, string>>,
): RestProblem {
  return { status, errors: [{ code, field, message }], ...(headers && { headers }) };
}

/**
 * Sends a problem (RFC 9457). A client that does not accept `application/problem+json` gets the same envelope as for a success, with the
 * faults in `errors`.
 */
export function sendRestProblem(reply: FastifyReply, { status, errors, headers = {} }: RestProblem): FastifyReply {
  const requestId = reply.request.id;
  const plain = !acceptsProblems(reply.request.headers.accept);
  if (status === 401) void reply.header('www-authenticate', 'Bearer');
  void reply.code(status).headers({ 'cache-control': 'no-store', ...headers });
  if (plain) {
    return reply
      .type('application/json; charset=utf-8')
      .send(JSON.stringify({ status: 'error', data: null, errors, request_id: requestId }));
  }
  const [{ code, message }] = errors;
  return reply.type('application/problem+json; charset=utf-8').send(
    JSON.stringify({
      type: problemType(code),
      title: titleOf(status, code),
      status,
      detail: message,
      instance: pathOf(reply.request.url),
      errors,
      request_id: requestId,
    }),
  );
}

/** The problem's title, such as `Insufficient stock`. All problems of one type have the same title (RFC 9457, 3.1.3). */
function titleOf(status: number, code: string): string {
  const words = code.toLowerCase().replaceAll('_', ' ');
  return words === '' ? (STATUS_CODES[status] ?? 'Error') : `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** The path without the query, because the query may hold values that a log must not keep. */
function pathOf(url: string): string {
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
}
