import type { Clock } from '@souk/kit/domain';
import type { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { addressKey } from '../identity/address-key.ts';
import { clientAddress, trustOf, type TrustsProxy } from './client-address.ts';
import { ConnectionShares } from './connection-shares.ts';
import type { HttpOptions } from './http-options.ts';
import { RefusedConnections } from './refused-connections.ts';

/** The message for the client. The log has the remedy for the operator. */
export const TOO_MANY_CONNECTIONS =
  'Your address has too many connections open: close some, or use one connection for several requests';

/**
 * Whether a client behind a trusted proxy may open one more connection. The connection counts until `holder` (the connection or the reply)
 * closes.
 */
export type AdmitsConnection = (request: IncomingMessage, holder: EventEmitter) => boolean;

/**
 * Limits the connections of all clients together, and of each client address. A connection of a trusted proxy does not count for an
 * address. Instead, each request over it counts for the client's address until the request is answered, and each WebSocket until it closes.
 * @returns the check for WebSocket upgrades, which do not pass through the hooks of HTTP requests
 */
export function guardConnections(
  app: FastifyInstance,
  http: HttpOptions,
  logger: FastifyBaseLogger,
  clock: Clock,
): AdmitsConnection {
  const trusts = trustOf(http.trustedProxies);
  const shares = new ConnectionShares(http.maxConnectionsPerAddress);
  const refused = new RefusedConnections(http, logger, clock);
  const admitsAddress = (address: string, holder: EventEmitter) => {
    const admitted = trusts(address, 0) || shares.take(addressKey(address), holder);
    if (!admitted) refused.byShare(address);
    return admitted;
  };
  app.server.maxConnections = http.maxConnections;
  app.server.on('drop', () => refused.byServer());
  app.server.on('connection', (socket) => {
    if (!admitsAddress(socket.remoteAddress ?? '', socket)) socket.destroy();
  });
  const admits = forwarded(trusts, admitsAddress);
  app.addHook('onRequest', (request, reply, done) => {
    if (admits(request.raw, reply.raw)) return done();
    void reply.header('retry-after', '1');
    done(Object.assign(new Error(TOO_MANY_CONNECTIONS), { statusCode: 429 }));
  });
  return admits;
}

/** Checks only requests that a trusted proxy forwarded. All other connections were counted when they opened. */
function forwarded(
  trusts: TrustsProxy,
  admitsAddress: (address: string, holder: EventEmitter) => boolean,
): AdmitsConnection {
  return (request, holder) =>
    !trusts(request.socket.remoteAddress ?? '', 0) || admitsAddress(clientAddress(request, trusts), holder);
}
