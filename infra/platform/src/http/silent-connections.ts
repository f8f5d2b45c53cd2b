import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Longer than a client takes that connects in order to ask. */
const ROUND_MS = 1000;
/** Longer than a client takes for the rest of a request that it has begun, or for its part of the end of a WebSocket. */
const UNFINISHED_MS = 5000;

/**
 * When the server closes, ends the connections that would keep the process from stopping: Node takes a connection without a whole request
 * for a busy one, and watches no deadlines any more while it closes. A connection over which nothing came (balancers and browsers open
 * such in advance) ends after 1 s; one whose request is not complete, however steadily its bytes trickle, after 5 s. A request that is
 * complete keeps its connection until the answer is sent.
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

/** Whether the request of a response is complete, and the response is not. */
function isAnswering(response: ServerResponse | null): boolean {
  return response !== null && response.req.complete && !response.writableFinished;
}
