import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { expect, test } from '@jest/globals';
import Fastify from 'fastify';
import { endSilentConnections } from './index.ts';

const HEAD = 'POST /body HTTP/1.1\r\nHost: shop.test\r\n';
const BODY_TO_COME = 'Content-Type: text/plain\r\nContent-Length: 100000\r\n\r\n';

test('a closing server drops requests that never end, and answers complete requests', async () => {
  const app = Fastify();
  endSilentConnections(app);
  const asked = Promise.withResolvers<void>();
  const cut = Promise.withResolvers<void>();
  app.post('/body', async () => 'read');
  app.get('/slow', async () => {
    asked.resolve();
    await cut.promise;
    return 'answered';
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;

  const tricklers = await Promise.all([
    trickle(port, HEAD + BODY_TO_COME), // the body, byte after byte
    trickle(port, `${HEAD}X-Endless: `), // the head, byte after byte
    trickle(port, null), // nothing at all
  ]);
  const answer = fetch(`http://127.0.0.1:${port}/slow`);
  await asked.promise;
  const closed = app.close();
  // `once` of node:events would reject when the connection is reset (ECONNRESET), which happens when a byte arrives after the close.
  await Promise.all(tricklers.map((socket) => new Promise((resolve) => socket.once('close', resolve))));
  cut.resolve();
  expect(await (await answer).text()).toBe('answered');
  await closed;
}, 20_000);

/**
 * Opens a connection that sends `start`, and then single bytes. With null the connection does not send anything.
 * Resolves when the server has begun to read.
 */
async function trickle(port: number, start: string | null): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  if (start === null) return socket;
  socket.write(start);
  const timer = setInterval(() => socket.write('x'), 20);
  socket.once('close', () => clearInterval(timer));
  return socket;
}
