import Fastify, { LogController, type FastifyBaseLogger, type FastifyError, type FastifyInstance } from 'fastify';
import { endSilentConnections } from '@souk/kit/http';
import { correlationIdOf, requestIdOf } from '../identity/request-ids.ts';
import { trustOf } from './client-address.ts';
import type { HttpOptions } from './http-options.ts';
import { problemOf, sendProblem } from './problems.ts';
import { hasTwoHosts, originForm } from './request-target.ts';
import { SECURITY_HEADERS, TRANSPORT_SECURITY } from './security-headers.ts';

const TWO_HOSTS = Object.assign(new Error('The request has two Host headers: send one'), { statusCode: 400 });

/** An app with what every answer has: ids, security headers, and errors that tell no secrets. */
export function createApp(logger: FastifyBaseLogger, http: HttpOptions): FastifyInstance {
  const app = Fastify({
    loggerInstance: logger,
    childLoggerFactory: (parent) => parent, // what is logged names its request itself
    logController: new LogController({ disableRequestLogging: true }), // traces and metrics say more, and cost less
    rewriteUrl: originForm,
    genReqId: ({ headers }) => requestIdOf(headers),
    routerOptions: { ignoreTrailingSlash: true },
    trustProxy: http.trustedProxies.length === 0 ? false : trustOf(http.trustedProxies),
    requestTimeout: http.requestTimeoutMs,
    // While it closes, what comes over a connection that is open is still answered.
    return503OnClosing: false,
    http: {
      headersTimeout: http.headersTimeoutMs,
      maxHeaderSize: http.maxHeaderBytes,
      connectionsCheckingInterval: http.timeoutRoundsMs,
      // Clients that offer HTTP/2 (`Upgrade: h2c`: curl --http2, Java's) are answered as though they had not: RFC 9110, 7.8.
      shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
    },
    // What is no address at all comes to no hook and to no error handler.
    frameworkErrors: (error, request, reply) => {
      void reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
      void sendProblem(reply, problemOf(error, request));
    },
  });
  app.decorateRequest('identifiedCaller', null);
  app.server.maxConnections = http.maxConnections;
  endSilentConnections(app);
  app.removeContentTypeParser('text/plain'); // every body here is JSON
  app.addHook('onRequest', (request, reply, done) => {
    void reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
    void reply.header('x-correlation-id', correlationIdOf(request.headers, request.id));
    if (request.protocol === 'https') void reply.headers(TRANSPORT_SECURITY);
    if (hasTwoHosts(request.raw)) done(TWO_HOSTS);
    else done();
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
