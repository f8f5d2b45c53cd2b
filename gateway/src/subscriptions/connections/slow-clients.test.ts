import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import type { SubgraphTransport } from '@souk/engine/subgraphs';
import { startFixtureGateway, type FixtureGateway } from '../../testing/fixture-gateway.ts';
import { rawSocket } from '../../testing/raw-socket.ts';

const LARGE = 'x'.repeat(500_000);
const WAITING = 4;
const QUERY = 'subscription { productChanged { id warehouse } }';

/** A transport whose answers are large, so the kernel's send buffer for a client is soon full. */
const largeStock: SubgraphTransport = {
  fetch: async ({ variables }) => {
    const asked = variables['representations'];
    return { data: { _entities: Array.isArray(asked) ? asked.map(() => ({ warehouse: LARGE })) : [] } };
  },
  subscribe: () => Promise.reject(new Error('stock has no events')),
};

let gateway: FixtureGateway;
let sockets: { destroy(): void }[];
beforeEach(async () => {
  sockets = [];
  gateway = await startFixtureGateway({ stock: largeStock, limits: { waitingAnswers: WAITING } });
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await gateway.app.close();
});

const counts = () => gateway.gateway.subscriptionCounts();
const listening = (count: number) => until(() => gateway.world.events.listenerCount('productChanged') === count);

/** Emits events until the server disconnects the client. Each event waits until the other clients have received the event before. */
async function eventsUntilDropped(delivered: () => Promise<unknown>): Promise<number> {
  let events = 0;
  while (counts().droppedTooSlow === 0) {
    gateway.world.events.emit('productChanged', '1');
    events += 1;
    await delivered();
  }
  return events;
}

async function subscribedSocket() {
  const socket = await rawSocket(gateway.url, { init: {} });
  sockets.push({ destroy: () => socket.socket.terminate() });
  socket.send({ id: '1', type: 'subscribe', payload: { query: QUERY } });
  return socket;
}

/** A client of server-sent events that reads only when the test requests it. */
async function streamOfBytes(): Promise<Socket> {
  const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
  sockets.push(socket);
  await once(socket, 'connect');
  const path = `/graphql?query=${encodeURIComponent(QUERY)}`;
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n`);
  socket.pause();
  return socket;
}

test('a socket that is not read is closed with a reason, others continue, and its resources are released', async () => {
  const [slow, quick] = [await subscribedSocket(), await subscribedSocket()];
  await until(() => counts().operations === 2);
  await listening(1);
  slow.socket.pause();
  const events = await eventsUntilDropped(() => quick.next());
  expect(events).toBeGreaterThan(WAITING);
  expect(counts()).toMatchObject({ operations: 1, upstreams: 1, droppedTooSlow: 1 });
  slow.socket.resume();
  expect(await slow.closed).toEqual({ code: 1013, reason: expect.stringContaining('SUBSCRIBER_TOO_SLOW') });
  await until(() => counts().sockets === 1);
});

test('a socket that is never read again is cut off', async () => {
  const slow = await subscribedSocket();
  await listening(1);
  slow.socket.pause();
  await eventsUntilDropped(() => turn());
  await until(() => counts().sockets === 0);
  expect(counts()).toMatchObject({ operations: 0, upstreams: 0, droppedTooSlow: 1 });
  await listening(0);
});

test('a socket that is read late, but not too late, misses nothing', async () => {
  const slow = await subscribedSocket();
  await listening(1);
  slow.socket.pause();
  const ids = Array.from({ length: 8 }, (_, index) => String((index % 2) + 1));
  for (const [index, id] of ids.entries()) {
    gateway.world.events.emit('productChanged', id);
    await until(() => counts().answers === index + 1);
  }
  slow.socket.resume();
  const answers = [];
  for (const _id of ids) answers.push(await slow.next());
  expect(answers.map((answer) => JSON.stringify(answer).match(/"id":"([12])","warehouse"/)?.[1])).toEqual(ids);
  expect(counts()).toMatchObject({ sockets: 1, droppedTooSlow: 0 });
});

test('an event stream that is not read is ended; its last event names the reason when the client reads again', async () => {
  const slow = await streamOfBytes();
  await listening(1);
  await eventsUntilDropped(() => turn());
  expect(counts()).toMatchObject({ upstreams: 0, droppedTooSlow: 1 });
  let text = '';
  slow.on('data', (chunk) => (text += chunk.toString('latin1')));
  slow.resume();
  await until(() => text.includes('event: complete'));
  expect(text).toContain('"extensions":{"code":"SUBSCRIBER_TOO_SLOW"}');
  slow.destroy();
  await until(() => counts().eventStreams === 0);
  expect(counts().operations).toBe(0);
});

test('an event stream that is never read again is cut off', async () => {
  await streamOfBytes();
  await listening(1);
  await eventsUntilDropped(() => turn());
  await until(() => counts().eventStreams === 0);
  expect(counts()).toMatchObject({ operations: 0, upstreams: 0, droppedTooSlow: 1 });
  await listening(0);
});

test('a burst of many small events does not overflow the queue of a client that reads', async () => {
  await gateway.app.close();
  gateway = await startFixtureGateway();
  const [socket, stream] = [await subscribedSocket(), await streamOfBytes()];
  let received = 0;
  socket.socket.on('message', () => (received += 1));
  let text = '';
  stream.on('data', (chunk) => (text += chunk.toString('latin1'))).resume();
  await until(() => counts().operations === 2);
  await listening(1);
  for (let event = 0; event < 5000; event += 1) gateway.world.events.emit('productChanged', '1');
  await until(() => received === 5000 && text.split('event: next').length === 5001);
  expect(counts()).toMatchObject({ droppedTooSlow: 0, operations: 2 });
});
