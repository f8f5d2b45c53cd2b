import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { ResponseCache } from '../caching/response-cache.ts';
import { problemOf, type HttpProblem } from '../http/problems.ts';
import type { RequestCallers } from '../http/request-callers.ts';
import type { OperationPipeline } from '../operations/operation-pipeline.ts';
import { acceptsJson } from '../http/accept.ts';
import { crossOrigin } from './cross-origin.ts';
import { addFileBodies, addJsonBodies, addRawBodies } from './json-bodies.ts';
import { acceptsBytes } from './bytes-answer.ts';
import { wantsFile } from './file-answer.ts';
import { restProblem, sendRestProblem, type RestProblem } from '../http/problem.ts';
import type { RestTable } from './rest-table.ts';
import { restWords, type RestWords } from './rest-words.ts';
import { RouteHandler } from './route-handler.ts';

export interface RestDependencies {
  readonly table: RestTable;
  readonly pipeline: OperationPipeline;
  readonly callers: RequestCallers;
  readonly responses: ResponseCache;
  /** Returns the present schema for clients. */
  readonly schema: () => GraphQLSchema;
  readonly bodyLimitBytes: number;
  /** Origins whose pages may call the routes. `*` allows all origins. */
  readonly corsOrigins: readonly string[];
}

/** The HTTP methods of REST. A method that a path does not support gets a 405 with `Allow`. */
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Adds the REST routes of a table below its base path. */
export function addRestRoutes(app: FastifyInstance, dependencies: RestDependencies): void {
  const allowOrigin = crossOrigin(dependencies.corsOrigins);
  const { vary, allowHeaders } = headerNames(dependencies.table);
  const words = restWords(dependencies.table);
  void app.register(
    async (rest) => {
      addJsonBodies(rest);
      rest.addHook('onRequest', (request, reply, done) => {
        void reply.headers({ vary, ...allowOrigin(request.headers.origin) });
        done();
      });
      rest.setErrorHandler((error: FastifyError, request, reply) => {
        void sendRestProblem(reply, restProblemOf(problemOf(error, request)));
      });
      rest.setNotFoundHandler((request, reply) => sendRestProblem(reply, nothingAt(request)));
      for (const [path, routes] of byPath(dependencies.table)) {
        for (const route of routes) {
          const handler = new RouteHandler(route, dependencies);
          const addBodies = route.body?.raw ? addRawBodies : route.body?.file ? addFileBodies : null;
          if (!addBodies) addRoute(rest, handler, dependencies, words);
          else
            void rest.register(async (own) => {
              addBodies(own);
              addRoute(own, handler, dependencies, words);
            });
        }
        addOtherMethods(
          rest,
          path,
          routes.map(({ method }) => method),
          allowHeaders,
        );
      }
    },
    { prefix: dependencies.table.basePath },
  );
}

/** The request headers that routes read: the headers in the table, and the headers that the facade itself reads. */
function headerNames({ routes }: RestTable): { readonly vary: string; readonly allowHeaders: string } {
  const parameters = routes.flatMap((route) => route.parameters).filter((each) => each.in === 'header');
  const named = (kinds: readonly string[]) =>
    parameters.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
  const list = (names: readonly string[]) => [...new Set(names)].join(', ');
  const caller = ['Accept-Language', 'Authorization', 'X-Channel', 'X-Tenant-ID', ...named(['text'])];
  const others = ['Content-Type', 'If-None-Match', 'X-Correlation-ID', 'X-Request-ID'];
  return {
    vary: list(['Accept', 'Origin', ...caller]),
    allowHeaders: list([...caller, ...others, ...named(['key', 'version'])]),
  };
}

function byPath({ routes }: RestTable): ReadonlyMap<string, RestTable['routes']> {
  return Map.groupBy(routes, ({ path }) => fastifyPath(path));
}

/**
 * The path in Fastify's syntax: `/carts/{cartId}/lines` becomes `/carts/:p0/lines`. Paths that differ only in the names of their parameters
 * become equal.
 */
function fastifyPath(path: string): string {
  let count = 0;
  return path.replaceAll(/\{\w+\}/g, () => `:p${count++}`);
}

function addRoute(
  rest: FastifyInstance,
  handler: RouteHandler,
  { callers, bodyLimitBytes }: RestDependencies,
  words: RestWords,
): void {
  const { method, path, answer } = handler.route;
  rest.route({
    method,
    url: fastifyPath(path),
    bodyLimit: bodyLimitBytes,
    onRequest: async (request, reply) => {
      const { accept } = request.headers;
      const accepted = answer.bytes === undefined ? acceptsJson(accept) : acceptsBytes(accept, answer.bytes);
      if (!accepted && !(answer.file && wantsFile(accept))) return sendRestProblem(reply, NOT_ACCEPTABLE);
      const caller = await callers.identify(request, reply);
      return caller.ok
        ? undefined
        : sendRestProblem(reply, restProblemOf({ ...caller.error, message: words(caller.error.message) }));
    },
    handler: (request, reply) => handler.handle(request, reply),
  });
}

function addOtherMethods(rest: FastifyInstance, url: string, present: readonly string[], allowHeaders: string): void {
  const allow = [...present, ...(present.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  const missing: HTTPMethods[] = METHODS.filter((method) => !present.includes(method));
  if (missing.length > 0) {
    rest.route({
      method: missing,
      url,
      handler: (request, reply) => sendRestProblem(reply, wrongMethod(request, allow)),
    });
  }
  rest.options(url, (_request, reply) => sendOptions(reply, allow, allowHeaders));
}

/** Answers OPTIONS requests, including preflight requests (Fetch, CORS). */
function sendOptions(reply: FastifyReply, allow: string, allowHeaders: string): FastifyReply {
  return reply
    .code(204)
    .headers({
      allow,
      'access-control-allow-methods': allow,
      'access-control-allow-headers': allowHeaders,
      'access-control-max-age': '7200',
    })
    .send();
}

function wrongMethod({ method }: FastifyRequest, allow: string) {
  return restProblem(405, 'METHOD_NOT_ALLOWED', `This path does not take ${method}: use ${allow}`, null, { allow });
}

function nothingAt({ method, url }: FastifyRequest) {
  const message = `Unknown route ${method} ${url.split('?')[0]}: /docs lists all routes`;
  return restProblem(404, 'ROUTE_NOT_FOUND', message);
}

const NOT_ACCEPTABLE = restProblem(
  406,
  'NOT_ACCEPTABLE',
  'Answers are application/json, and application/problem+json for problems: name both in Accept, or leave it out',
  'Accept',
);

/** The REST problem of a request that failed before its operation, such as a malformed body. */
function restProblemOf({ status, code, message, details }: HttpProblem): RestProblem {
  const text = status === 415 ? 'Send the body as JSON, with Content-Type: application/json' : message;
  return { status, errors: [{ code, field: null, message: text, ...details }] };
}
