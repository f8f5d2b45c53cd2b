import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { RequestContext } from '@souk/kit/context';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { claimsOfHeaders } from '../identity/caller.ts';
import type { Callers } from '../identity/callers.ts';
import { correlationIdOf } from '../identity/request-ids.ts';
import { problemOf, type HttpProblem } from './problems.ts';

/** What the route needs. */
export interface GraphqlRouteParts {
  readonly apollo: ApolloServer<RequestContext>;
  readonly callers: Callers;
  readonly bodyLimitBytes: number;
}

/** `/graphql` by GET and POST. Who calls is settled before the body is read. */
export function addGraphqlRoute(app: FastifyInstance, { apollo, callers, bodyLimitBytes }: GraphqlRouteParts): void {
  const contexts = new WeakMap<FastifyRequest, RequestContext>();
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    bodyLimit: bodyLimitBytes,
    onRequest: async (request, reply) => {
      const correlationId = correlationIdOf(request.headers, request.id);
      const caller = await callers.identify(claimsOfHeaders(request.headers, { requestId: request.id, correlationId }));
      if (!caller.ok) return sendGraphqlError(reply, caller.error);
      contexts.set(request, caller.value.context);
      return undefined;
    },
    errorHandler: (error: FastifyError, request, reply) => {
      void sendGraphqlError(reply, problemOf(error, request));
    },
    handler: fastifyApolloHandler(apollo, {
      context: async (request) => {
        const context = contexts.get(request);
        if (!context) throw new Error('a request reached GraphQL without a caller');
        return context;
      },
    }),
  });
}

function sendGraphqlError(reply: FastifyReply, { status, code, message }: HttpProblem): FastifyReply {
  if (status === 401) void reply.header('www-authenticate', 'Bearer');
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send({ errors: [{ message, extensions: { code, requestId: reply.request.id } }] });
}
