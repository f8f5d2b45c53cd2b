import Fastify, { LogController, type FastifyBaseLogger, type FastifyError, type FastifyInstance } from 'fastify';
import { endSilentConnections } from '@souk/platform/http';
import { correlationIdOf, requestIdOf } from '../identity/request-ids.ts';
import { clientAddress, trustOf } from './client-address.ts';
import type { HttpOptions } from './http-options.ts';
import { jsonParser } from './json-parser.ts';
import { problemOf, routeNotFound, sendProblem } from './problems.ts';
import { hasTwoHosts, originForm } from './request-target.ts';
import { SECURITY_HEADERS, TRANSPORT_SECURITY } from './security-headers.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /**
     * The IP address of the client, also behind trusted proxies. Unlike `ip`, the value is never arbitrary text from `X-Forwarded-For`, so
     * it is safe as a key of rate limits.
     */
    readonly clientAddress: string;
  }
}

const TWO_HOSTS = Object.assign(new Error('The request has two Host headers: send one'), { statusCode: 400 });

/** A Fastify app whose responses have request ids, security headers, and errors without internal details. */
export function createApp(logger: FastifyBaseLogger, http: HttpOptions): FastifyInstance {
  const trusts = trustOf(http.trustedProxies);
  const app = Fastify({
    loggerInstance: logger,
    childLoggerFactory: (parent) => parent, // log lines name their request themselves
    logController: new LogController({ disableRequestLogging: true }), // traces and metrics say more, and cost less
    rewriteUrl: originForm,
    genReqId: ({ headers }) => requestIdOf(headers),
    // Fastify limits path parameters to 100 characters by default. The schema limits ids and slugs, so only the size of the headers limits
    // them here.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: http.maxHeaderBytes },
    trustProxy: trusts,
    requestTimeout: http.requestTimeoutMs,
    // While the app closes, it still answers requests that arrive over open connections.
    return503OnClosing: false,
    http: {
      headersTimeout: http.headersTimeoutMs,
      maxHeaderSize: http.maxHeaderBytes,
      connectionsCheckingInterval: http.timeoutRoundsMs,
      // `curl --http2` and Java's client offer HTTP/2 with `Upgrade: h2c`. The server ignores the offer and sends an HTTP/1.1 response (RFC
      // 9110, 7.8).
      shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
    },
    // A request with a malformed URL reaches neither the hooks nor the error handler, so its problem is sent here.
    frameworkErrors: (error, request, reply) => {
      void reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
      void sendProblem(reply, problemOf(error, request));
    },
  });
  app.decorateRequest('identifiedCaller', null);
  app.decorateRequest('clientAddress', {
    getter() {
      return clientAddress(this.raw, trusts);
    },
  });
  endSilentConnections(app);
  const parse = jsonParser(app);
  app.removeAllContentTypeParsers(); // every request body is JSON
  app.addContentTypeParser('application/json', { parseAs: 'string' }, parse);
  app.addHook('onRequest', (request, reply, done) => {
    void reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
    void reply.header('x-correlation-id', correlationIdOf(request.headers, request.id));
    if (request.protocol === 'https') void reply.headers(TRANSPORT_SECURITY);
    if (hasTwoHosts(request.raw)) done(TWO_HOSTS);
    else done();
  });
  app.setErrorHandler((error: FastifyError, request, reply) => sendProblem(reply, problemOf(error, request)));
  app.setNotFoundHandler((request, reply) => sendProblem(reply, routeNotFound(request)));
  return app;
}
