import Fastify, { LogController, type FastifyBaseLogger, type FastifyError, type FastifyInstance } from 'fastify';
import { correlationIdOf, requestIdOf } from '../identity/request-ids.ts';
import { problemOf, sendProblem } from './problems.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

/** An app with what every answer has: ids, security headers, and errors that tell no secrets. */
export function createApp(logger: FastifyBaseLogger): FastifyInstance {
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }), // traces and metrics say more, and cost less
    genReqId: ({ headers }) => requestIdOf(headers),
    routerOptions: { ignoreTrailingSlash: true },
  });
  app.removeContentTypeParser('text/plain'); // every body here is JSON
  app.addHook('onRequest', (request, reply, done) => {
    void reply.headers({
      ...SECURITY_HEADERS,
      'x-request-id': request.id,
      'x-correlation-id': correlationIdOf(request.headers, request.id),
    });
    done();
  });
  app.setErrorHandler((error: FastifyError, request, reply) => sendProblem(reply, problemOf(error, request)));
  app.setNotFoundHandler((request, reply) =>
    sendProblem(reply, {
      status: 404,
      code: 'NOT_FOUND',
      message: `There is nothing at ${request.method} ${request.url}`,
    }),
  );
  return app;
}
