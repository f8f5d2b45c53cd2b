import { afterEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { until } from '@souk/kit/testing';
import { WebSocket } from 'ws';
import { startFixtureGateway, type FixtureGateway } from '../testing/fixture-gateway.ts';
import { rawSocket } from '../testing/raw-socket.ts';
import type { HttpOptions } from './http-options.ts';

let gateway: FixtureGateway;
let opened: (Socket | WebSocket)[] = [];
afterEach(async () => {
  for (const each of opened) {
    if ('terminate' in each) each.terminate();
    else each.destroy();
  }
  opened = [];
  await gateway.app.close();
});

async function start(http: Partial<HttpOptions>, now = () => new Date()): Promise<void> {
  gateway = await startFixtureGateway({ http, clock: { now } });
}

const REQUEST = 'GET /health/live HTTP/1.1\r\nHost: souk.test\r\n\r\n';

/** The first line that a new connection receives, or '' when the server closes the connection. */
async function firstLine(): Promise<string> {
  const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
  opened.push(socket);
  socket.on('error', () => undefined); // a server that refuses may close the connection while the test writes
  socket.write(REQUEST);
  // Without `once`, which rejects after the error.
  return new Promise((resolve) => {
    socket.on('data', (data) => resolve(String(data).split('\r\n')[0] ?? ''));
    socket.on('close', () => resolve(''));
  });
}

const forwardedFor = (address: string) => ({ 'x-forwarded-for': address });

async function openSocket(headers: Readonly<Record<string, string>> = {}): Promise<WebSocket> {
  const { socket } = await rawSocket(gateway.url, { init: {}, client: { headers } });
  opened.push(socket);
  return socket;
}

async function upgradeStatus(headers: Readonly<Record<string, string>>): Promise<unknown> {
  const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
  opened.push(socket);
  socket.on('error', () => undefined);
  const opens = once(socket, 'open').then(() => 101);
  return Promise.race([opens, once(socket, 'unexpected-response').then(([, { statusCode }]) => statusCode)]);
}

describe('an address', () => {
  test('has a share of connections for HTTP and sockets together, which closed connections free', async () => {
    await start({ maxConnectionsPerAddress: 2 });
    const socket = await openSocket();
    expect(await firstLine()).toBe('HTTP/1.1 200 OK');
    expect(await firstLine()).toBe('');
    socket.terminate();
    await until(async () => (await firstLine()) === 'HTTP/1.1 200 OK');
  });

  test('that has used up its share does not affect other addresses', async () => {
    await start({ maxConnectionsPerAddress: 1, trustedProxies: ['loopback'] });
    expect(await upgradeStatus(forwardedFor('203.0.113.1'))).toBe(101);
    expect(await upgradeStatus(forwardedFor('203.0.113.1'))).toBe(429);
    expect(await upgradeStatus(forwardedFor('203.0.113.2'))).toBe(101);
  });

  test('is a /64 network in IPv6', async () => {
    await start({ maxConnectionsPerAddress: 1, trustedProxies: ['loopback'] });
    expect(await upgradeStatus(forwardedFor('2001:db8::1'))).toBe(101);
    expect(await upgradeStatus(forwardedFor('2001:db8::2'))).toBe(429);
  });
});

describe('behind a trusted proxy', () => {
  test('the connections of the proxy itself are not limited', async () => {
    await start({ maxConnectionsPerAddress: 1, trustedProxies: ['loopback'] });
    for (const _ of Array.from({ length: 3 })) expect(await firstLine()).toBe('HTTP/1.1 200 OK');
  });

  test('a client whose sockets use up its share is refused over HTTP, event streams and sockets, until one closes', async () => {
    await start({ maxConnectionsPerAddress: 1, trustedProxies: ['loopback'] });
    const headers = forwardedFor('203.0.113.1');
    const socket = await openSocket(headers);
    const { status, body } = await gateway.graphql('{ products { id } }', headers);
    expect([status, body.errors?.[0]?.extensions?.['code']]).toEqual([429, 'TOO_MANY_CONNECTIONS']);
    const stream = { ...headers, accept: 'text/event-stream' };
    expect((await fetch(`${gateway.url}/graphql?query={products{id}}`, { headers: stream })).status).toBe(429);
    expect(await upgradeStatus(headers)).toBe(429);
    socket.terminate();
    await until(async () => (await gateway.graphql('{ products { id } }', headers)).status === 200);
  });

  test('requests count until they are answered', async () => {
    await start({ maxConnectionsPerAddress: 1, trustedProxies: ['loopback'] });
    const headers = forwardedFor('203.0.113.1');
    await until(async () => (await gateway.graphql('{ products { id } }', headers)).status === 200);
    await until(async () => (await upgradeStatus(headers)) === 101);
  });
});

describe('refused connections are logged with the remedy', () => {
  const lines = () => gateway.logs.map((line) => JSON.parse(line)).map(({ msg, refused }) => [refused, msg]);

  test('once a minute when an address has used up its share', async () => {
    let nowMs = Date.now();
    await start({ maxConnectionsPerAddress: 1 }, () => new Date(nowMs));
    await openSocket();
    for (const _ of Array.from({ length: 3 })) expect(await firstLine()).toBe('');
    expect(lines()).toEqual([[1, expect.stringContaining('SOUK_TRUSTED_PROXIES')]]);
    nowMs += 60_000;
    expect(await firstLine()).toBe('');
    expect(lines()).toEqual([expect.anything(), [3, expect.stringContaining('SOUK_ADDRESS_CONNECTIONS')]]);
  });

  test('when the server has its maximum of connections', async () => {
    await start({ maxConnections: 1 });
    await openSocket();
    for (const _ of Array.from({ length: 3 })) expect(await firstLine()).toBe('');
    expect(lines()).toEqual([[1, expect.stringContaining('ulimit -n')]]);
  });
});
