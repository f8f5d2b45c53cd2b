import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** The interval of checks, in ms. A client that has just connected sends its first byte within this time. */
const ROUND_MS = 1000;
/**
 * How long a request may remain incomplete while the server closes, in ms. A client needs less time for the rest of a request, or for the
 * closing handshake of a WebSocket.
 */
const UNFINISHED_MS = 5000;

/**
 * Ends the connections that would keep a closing server from stopping. Node counts a connection without a complete request as busy, and
 * enforces no timeout while it closes. A connection that has received no bytes ends after 1 s, because load balancers and browsers open
 * such connections in advance. A connection with an incomplete request ends after 5 s, even while bytes arrive. A connection with a
 * complete request ends after its response.
 */
export function endSilentConnections(app: FastifyInstance): void {
  const open = new Map<Socket, ServerResponse | null>();
  app.server.on('connection', (socket: Socket) => {
    open.set(socket, null);
    socket.once('close', () => open.delete(socket));
  });
  app.server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    if (open.has(socket)) open.set(socket, response);
  });
  app.addHook('preClose', (done) => {
    const closingSince = performance.now();
    const rounds = setInterval(() => {
      const isLate = performance.now() - closingSince >= UNFINISHED_MS;
      for (const [socket, latest] of open)
        if (socket.bytesRead === 0 || (isLate && !isAnswering(latest))) socket.destroy();
    }, ROUND_MS);
    app.server.once('close', () => clearInterval(rounds));
    done();
  });
}

/** Whether a request is complete and its response is not complete yet. */
function isAnswering(response: ServerResponse | null): boolean {
  return response !== null && response.req.complete && !response.writableFinished;
}
