import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Longer than a client takes that connects in order to ask. */
const PATIENCE_MS = 1000;

/**
 * When the server closes, ends the connections over which nobody has said a word, a moment later. Balancers and browsers open such in
 * advance. Node takes a connection without a request for a busy one, and watches no deadlines any more while it closes: one of
 * them would keep the process from stopping.
 */
export function endSilentConnections(app: FastifyInstance): void {
  const open = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  app.addHook('preClose', (done) => {
    setTimeout(() => endSilent(open), PATIENCE_MS).unref();
    done();
  });
}

function endSilent(open: ReadonlySet<Socket>): void {
  for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
}
