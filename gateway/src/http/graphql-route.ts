import { DATABASE_UNAVAILABLE } from '@souk/kit/context';
import { err, type Result } from '@souk/kit/domain';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ExecutionResult } from 'graphql';
import type { MadeResponse, ResponseCache } from '../caching/response-cache.ts';
import { hasAlready } from './entity-tag.ts';
import { httpOfErrors, withoutHttp } from '../operations/http-of-errors.ts';
import type { OperationPipeline } from '../operations/operation-pipeline.ts';
import { operationParams, operationParamsOfSearch, type OperationParams } from '../operations/operation-params.ts';
import type { OperationCall } from '../operations/operation-call.ts';
import type { Caller } from '../identity/caller.ts';
import { QUERY_PLAN_HEADER } from '../operations/query-plan-guard.ts';
import type { RequestCallers } from './request-callers.ts';
import { afterAnswer } from './after-answer.ts';
import { isPreflighted, isQueryOfClient } from './csrf.ts';
import { graphqlType, refusalType, type AnswerType } from './media-type.ts';
import { problemOf, retryHeaders, type HttpProblem } from './problems.ts';
import { sendPublicHeaders } from './public-answer.ts';

/** Answers operations with server-sent events. */
export interface EventStreamAnswers {
  /** Sends the answers over the reply. A failure of the operation becomes an event. */
  serve(reply: FastifyReply, params: OperationParams, caller: Caller, call: OperationCall): void;
}

export interface GraphqlRouteDependencies {
  readonly pipeline: OperationPipeline;
  readonly callers: RequestCallers;
  readonly responses: ResponseCache;
  readonly eventStreams: EventStreamAnswers;
  readonly bodyLimitBytes: number;
}

const NOT_PREFLIGHTED: HttpProblem = {
  status: 400,
  code: 'CSRF_PREVENTED',
  message:
    'This could have been sent by a page of another site (CSRF): send `Content-Type: application/json`, with a GET `Accept: application/graphql-response+json`, or the header `Apollo-Require-Preflight: true`',
};

const NOT_ACCEPTABLE: HttpProblem = {
  status: 406,
  code: 'NOT_ACCEPTABLE',
  message:
    'Answers are application/graphql-response+json, application/json or text/event-stream: name one of them in `Accept`, with a weight above 0',
};

/** Serves `/graphql` by GET and POST (GraphQL over HTTP). Other methods get a 405. The caller is identified before the body is read. */
export function addGraphqlRoute(app: FastifyInstance, dependencies: GraphqlRouteDependencies): void {
  const { callers, bodyLimitBytes } = dependencies;
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    bodyLimit: bodyLimitBytes,
    onRequest: async (request, reply) => {
      const caller = await callers.identify(request, reply);
      return caller.ok ? undefined : sendGraphqlProblem(reply, caller.error);
    },
    errorHandler: (error: FastifyError, request, reply) => {
      void sendGraphqlProblem(reply, problemOf(error, request));
    },
    handler: async (request, reply) => {
      const type = graphqlType(request.headers.accept, { streams: request.method !== 'HEAD' });
      const streams = type === 'text/event-stream';
      // A browser's EventSource cannot send custom headers. The GET that it sends changes nothing, and pages of other sites cannot read the
      // answer.
      const harmless = streams && request.method === 'GET';
      const isAsked = isPreflighted(request.headers) || isQueryOfClient(request.method, request.headers);
      if (!harmless && !isAsked) return sendGraphqlProblem(reply, NOT_PREFLIGHTED);
      if (streams) return streamOperation(dependencies, request, reply);
      if (!type) return sendGraphqlProblem(reply, NOT_ACCEPTABLE);
      const params = paramsOf(request);
      if (!params.ok) return sendGraphqlProblem(reply, params.error);
      return answerOperation(dependencies, request, reply, { type, params: params.value });
    },
  });
  addOtherMethods(app);
}

const WRONG_METHOD: HttpProblem = {
  status: 405,
  code: 'METHOD_NOT_ALLOWED',
  message: 'Operations come by POST, or by GET and HEAD when they change nothing: send one of these',
};

/** Answers methods other than GET, HEAD and POST with a 405 and `Allow`. Also answers OPTIONS requests that CORS has not answered. */
function addOtherMethods(app: FastifyInstance): void {
  app.route({
    method: ['PUT', 'PATCH', 'DELETE'],
    url: '/graphql',
    // The refusal does not depend on the body, so it is sent before the body is read.
    onRequest: async (_request, reply) => sendGraphqlProblem(reply.header('allow', 'GET, HEAD, POST'), WRONG_METHOD),
    handler: async () => undefined,
  });
  app.options('/graphql', async (_request, reply) => reply.header('allow', 'GET, HEAD, POST').code(204).send());
}

function streamOperation(
  { callers, eventStreams }: GraphqlRouteDependencies,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const params = paramsOf(request);
  if (!params.ok) return sendGraphqlProblem(reply, params.error);
  const call: OperationCall = { ...callOf(request, callers, reply), transport: 'SSE' };
  eventStreams.serve(reply, resumed(params.value, request), callers.of(request), call);
  return reply;
}

/**
 * The position after which a subscription resumes. A browser sends its last position in `Last-Event-ID` (HTML, section
 * 9.2.4), which is newer than the position in the URL.
 */
function resumed(params: OperationParams, { headers }: FastifyRequest): OperationParams {
  const resumeAfter = headers['last-event-id'];
  return resumeAfter ? { ...params, extensions: { ...params.extensions, resumeAfter } } : params;
}

/** An operation with the media type of its answer. */
interface HttpOperation {
  readonly type: AnswerType;
  readonly params: OperationParams;
}

async function answerOperation(
  { pipeline, callers, responses }: GraphqlRouteDependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  { type, params }: HttpOperation,
): Promise<FastifyReply> {
  const call = callOf(request, callers, reply);
  const make = async (): Promise<MadeResponse> => {
    const { result, admitted } = await pipeline.execute(params, call);
    const http = result.errors && httpOfErrors(result.errors);
    const status = statusOf(type, result, http?.status ?? null);
    void reply.code(status);
    void reply.headers({ ...retryHeaders(status), ...admitted?.headers, ...http?.headers });
    const body = JSON.stringify(withoutHttp(result));
    const mayKeep = admitted && !result.errors;
    return {
      body,
      kept: mayKeep ? { body: result.extensions ? JSON.stringify({ data: result.data }) : body, admitted } : null,
    };
  };
  const { body, etag, headers } = await responses.answer(call, cacheNameOf(request, params, pipeline), make);
  if (etag === null) void reply.headers(headers);
  else sendPublicHeaders(reply, headers);
  void reply.type(`${type}; charset=utf-8`);
  const known = readsOnly(request) && etag !== null && hasAlready(request.headers['if-none-match'], etag);
  return known ? reply.code(304).send() : reply.send(body);
}

/**
 * The cache key of a request without its caller. Null when the answer must not come from the cache: the client demands a new answer, or
 * registers the text of a persisted query.
 */
function cacheNameOf(
  { headers }: FastifyRequest,
  params: OperationParams,
  { keepsAnswers, generation }: OperationPipeline,
): readonly unknown[] | null {
  // `fetch` adds `no-cache` to a conditional request, so `no-cache` is ignored together with `If-None-Match`.
  const wantsNew = /no-cache|no-store/.test(headers['cache-control'] ?? '') && headers['if-none-match'] === undefined;
  if (!keepsAnswers || wantsNew || headers[QUERY_PLAN_HEADER] === 'true') return null;
  if (params.query !== null && 'persistedQuery' in params.extensions) return null;
  return [generation, params.query, params.documentId, params.operationName, params.variables, params.extensions];
}

function callOf(request: FastifyRequest, callers: RequestCallers, reply: FastifyReply): OperationCall {
  const { context } = callers.of(request);
  const wantsPlan = request.headers[QUERY_PLAN_HEADER] === 'true';
  return {
    context,
    transport: 'HTTP',
    address: request.clientAddress,
    readOnly: readsOnly(request),
    wantsPlan,
    afterAnswer: afterAnswer(reply),
  };
}

/** Whether the method only reads. HEAD is GET without a response body (RFC 9110, 9.3.2). */
function readsOnly({ method }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD';
}

function paramsOf(request: FastifyRequest): Result<OperationParams, HttpProblem> {
  const { query, body } = request;
  // The cast is safe, because Fastify's query parser returns a record.
  const search = query as Readonly<Record<string, unknown>>;
  const params = readsOnly(request) ? operationParamsOfSearch(search) : operationParams(body);
  return params.ok ? params : err({ status: 400, code: 'BAD_REQUEST', message: params.error });
}

/**
 * The HTTP status of a result (GraphQL over HTTP). An operation that did not run gets 400. With the media type
 * `application/json` it gets 200, because a proxy may send other statuses with that type. A status in the errors takes
 * precedence.
 */
function statusOf(type: AnswerType, result: ExecutionResult, named: number | null): number {
  const { data } = result;
  if (isLostWhole(result)) return 503;
  if (data !== undefined) return 200;
  return named ?? (type === 'application/json' ? 200 : 400);
}

/** Whether no data could be read because the database does not answer. A partial answer stays a 200, as for any other error. */
function isLostWhole({ data, errors = [] }: ExecutionResult): boolean {
  const isLost = errors.some(({ extensions }) => extensions['code'] === DATABASE_UNAVAILABLE);
  return isLost && Object.values(data ?? {}).every((value) => value === null);
}

function sendGraphqlProblem(reply: FastifyReply, { status, code, message, details }: HttpProblem): FastifyReply {
  if (status === 401) void reply.header('www-authenticate', 'Bearer');
  return (
    reply
      .code(status)
      .headers(retryHeaders(status))
      .header('cache-control', 'no-store') // without it, a cache may serve a 404 to callers of other tenants
      // Clients read a 4xx as a GraphQL response only when it has the GraphQL media type (GraphQL over HTTP).
      .type(`${refusalType(reply.request.headers.accept)}; charset=utf-8`)
      .send({ errors: [{ message, extensions: { code, ...details, requestId: reply.request.id } }] })
  );
}
