import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import { WebSocketServer } from 'ws';
import { testLog } from '../testing/log-lines.ts';
import { UpstreamSocket } from './upstream-socket.ts';

const cleanUps: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

interface Ping {
  readonly type: string;
  readonly payload?: object;
}

/** A subgraph that answers `connection_init` with this payload. @returns its URL, and the pings that it received */
async function subgraph(acknowledgement: object) {
  const pings: Ping[] = [];
  const received: string[] = [];
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', (socket) => {
    socket.on('message', (data) => {
      const message = JSON.parse((data as Buffer).toString()) as Ping;
      received.push(message.type);
      if (message.type === 'connection_init') socket.send(JSON.stringify(acknowledgement));
      if (message.type === 'ping') pings.push(message);
    });
  });
  cleanUps.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const disconnect = () => {
    for (const socket of server.clients) socket.close(1012);
  };
  cleanUps.push(() => {
    for (const socket of server.clients) socket.terminate();
  });
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`, pings, received, disconnect };
}

function socketTo(url: string) {
  const socket = new UpstreamSocket({
    url,
    name: 'orders',
    logger: testLog().logger,
    headers: () => ({}),
    onIdle: () => undefined,
    renewal: (nonce) => ({ proof: `for ${nonce}` }),
    pingMs: 60_000,
    attempts: 8,
    initialDelayMs: 1,
    maxDelayMs: 2,
  });
  cleanUps.push(() => socket.close());
  socket.subscribe(
    { query: 'subscription { a }' },
    { next: () => undefined, error: () => undefined, complete: () => undefined },
  );
  return socket;
}

test('a gateway renews a socket at once, and the next socket after a break', async () => {
  const { url, pings, disconnect } = await subgraph({ type: 'connection_ack', payload: { nonce: 'n1' } });
  socketTo(url);
  await until(() => pings.length === 1);
  disconnect();
  await until(() => pings.length === 2);
  expect(pings).toEqual([
    { type: 'ping', payload: { proof: 'for n1' } },
    { type: 'ping', payload: { proof: 'for n1' } },
  ]);
});

test('a subgraph that gives no nonce receives no renewal', async () => {
  const { url, pings, received } = await subgraph({ type: 'connection_ack' });
  socketTo(url);
  await until(() => received.includes('subscribe'));
  expect(pings).toEqual([]);
});
