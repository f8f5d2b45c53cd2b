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

/** The first line that a new connection reads, which stays open; empty where the connection is closed. */
async function firstLine(): Promise<string> {
  const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
  opened.push(socket);
  socket.on('error', () => undefined); // a server that refuses may hang up while we write
  socket.write(REQUEST);
  const answer = once(socket, 'data').then(([data]) => String(data).split('\r\n')[0] ?? '');
  return Promise.race([answer, once(socket, 'close').then(() => '')]);
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
  test('has its share of connections, of HTTP and sockets together, and has it back when they close', async () => {
    await start({ maxConnectionsPerAddress: 2 });
    const socket = await openSocket();
    expect(await firstLine()).toBe('HTTP/1.1 200 OK');
    expect(await firstLine()).toBe('');
    socket.terminate();
    await until(async () => (await firstLine()) === 'HTTP/1.1 200 OK');
  });

  test('that has used up its share leaves the connections of others', async () => {
    await start({ maxConnectionsPerAddress: 1, trustedProxies: ['loopback'] });
    expect(await upgradeStatus(forwardedFor('203.0.113.1'))).toBe(101);
    expect(await upgradeStatus(forwardedFor('203.0.113.1'))).toBe(429);
    expect(await upgradeStatus(forwardedFor('203.0.113.2'))).toBe(101);
  });

  test('is one network of IPv6', async () => {
    await start({ maxConnectionsPerAddress: 1, trustedProxies: ['loopback'] });
    expect(await upgradeStatus(forwardedFor('2001:db8::1'))).toBe(101);
    expect(await upgradeStatus(forwardedFor('2001:db8::2'))).toBe(429);
  });
});

describe('behind a trusted proxy', () => {
  test('the connections of the proxy itself have no limit of their own', async () => {
    await start({ maxConnectionsPerAddress: 1, trustedProxies: ['loopback'] });
    for (const _ of Array.from({ length: 3 })) expect(await firstLine()).toBe('HTTP/1.1 200 OK');
  });

  test('a client whose sockets have its share is refused over HTTP, event streams and sockets, until one closes', async () => {
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

  test('requests that have been answered count no more', async () => {
    await start({ maxConnectionsPerAddress: 1, trustedProxies: ['loopback'] });
    const headers = forwardedFor('203.0.113.1');
    await until(async () => (await gateway.graphql('{ products { id } }', headers)).status === 200);
    await until(async () => (await upgradeStatus(headers)) === 101);
  });
});

describe('connections that are refused are logged with the remedy', () => {
  const lines = () => gateway.logs.map((line) => JSON.parse(line)).map(({ msg, refused }) => [refused, msg]);

  test('where an address has its share, once a minute', async () => {
    let nowMs = Date.now();
    await start({ maxConnectionsPerAddress: 1 }, () => new Date(nowMs));
    await openSocket();
    for (const _ of Array.from({ length: 3 })) expect(await firstLine()).toBe('');
    expect(lines()).toEqual([[1, expect.stringContaining('SOUK_TRUSTED_PROXIES')]]);
    nowMs += 60_000;
    expect(await firstLine()).toBe('');
    expect(lines()).toEqual([expect.anything(), [3, expect.stringContaining('SOUK_ADDRESS_CONNECTIONS')]]);
  });

  test('where the server has all that it takes', async () => {
    await start({ maxConnections: 1 });
    await openSocket();
    for (const _ of Array.from({ length: 3 })) expect(await firstLine()).toBe('');
    expect(lines()).toEqual([[1, expect.stringContaining('ulimit -n')]]);
  });
});
