import { afterEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { until } from '@souk/kit/testing';
import { startFixtureGateway, type FixtureGateway } from '../testing/fixture-gateway.ts';
import { OTHER_TENANT } from '../testing/fixture-identity.ts';
import { rawSocket } from '../testing/raw-socket.ts';
import { DEFAULT_RATES } from '../limits/rates/rate-options.ts';
import type { HttpOptions } from './http-options.ts';

let gateway: FixtureGateway;
afterEach(() => gateway.app.close());

const ONE_A_MINUTE = { ...DEFAULT_RATES, addressPerMinute: 1 };
async function start(http: Partial<HttpOptions>, options = {}): Promise<void> {
  gateway = await startFixtureGateway({ http, ...options });
}
const ask = (headers: Readonly<Record<string, string>> = {}) => gateway.graphql('{ products { id } }', headers);

/** A request as bytes on the wire. */
function post(query: string): string {
  const body = JSON.stringify({ query });
  return `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

/** The server's response to an incomplete request, until the server closes the connection. */
async function answerTo(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
  const chunks: string[] = [];
  socket.on('data', (chunk) => chunks.push(String(chunk)));
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  // A server that refuses may reset the connection while the test writes. `once` would reject then.
  socket.on('error', () => undefined);
  socket.write(bytes);
  await closed;
  return chunks.join('');
}

/** Sends an unfinished request until the answer is a 408. On a busy machine a reset can overtake an answer. */
const timeoutAnswerTo = (bytes: string) => until(async () => /^HTTP\/1\.1 408 /.test(await answerTo(bytes)));

describe('behind a proxy', () => {
  test('that is trusted, X-Forwarded-For identifies callers, over sockets too', async () => {
    await start({ trustedProxies: ['loopback'] }, { rates: ONE_A_MINUTE });
    const from = (address: string) => ({ 'x-forwarded-for': address });
    expect((await ask(from('203.0.113.1'))).status).toBe(200);
    expect((await ask(from('203.0.113.1'))).status).toBe(429);
    expect((await ask(from('203.0.113.2'))).status).toBe(200);
    const socket = await rawSocket(gateway.url, { init: {}, client: { headers: from('203.0.113.2') } });
    socket.send({ id: '1', type: 'subscribe', payload: { query: '{ products { id } }' } });
    expect(await socket.next()).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'RATE_LIMITED' } }] });
    socket.socket.terminate();
  });

  test("that writes ports and nonsense, does not multiply a client's addresses", async () => {
    await start({ trustedProxies: ['loopback'] }, { rates: ONE_A_MINUTE });
    const statusFrom = async (address: string) => (await ask({ 'x-forwarded-for': address })).status;
    expect(await statusFrom('203.0.113.9:1234')).toBe(200);
    expect(await statusFrom('203.0.113.9:1235')).toBe(429);
    expect(await statusFrom('nonsense')).toBe(200);
    expect(await statusFrom('other nonsense')).toBe(429);
  });

  test('that is not trusted, the forwarding headers are ignored', async () => {
    await start({ trustedProxies: ['10.0.0.0/8'] }, { rates: ONE_A_MINUTE });
    expect((await ask({ 'x-forwarded-for': '203.0.113.1' })).status).toBe(200);
    expect((await ask({ 'x-forwarded-for': '203.0.113.2' })).status).toBe(429);
  });

  test('with TLS, responses have Strict-Transport-Security, and without TLS they have none', async () => {
    await start({ trustedProxies: ['loopback'] });
    const hsts = async (headers?: Readonly<Record<string, string>>) =>
      (await ask(headers)).headers.get('strict-transport-security');
    expect(await hsts()).toBeNull();
    expect(await hsts({ 'x-forwarded-proto': 'https' })).toMatch(/^max-age=31536000/);
  });

  test('an invalid address prevents the start', async () => {
    await expect(startFixtureGateway({ http: { trustedProxies: ['everybody'] } })).rejects.toThrow('everybody');
    await start({});
  });
});

describe('pages of other origins', () => {
  const PREFLIGHT = {
    method: 'OPTIONS',
    headers: {
      origin: 'https://shop.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,authorization,x-tenant-id',
    },
  };

  test('may call and read the exposed headers when their origin is listed', async () => {
    await start({ corsOrigins: ['https://shop.example'] });
    const preflight = await fetch(`${gateway.url}/graphql`, PREFLIGHT);
    expect(preflight.status).toBe(204);
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      'access-control-allow-origin': 'https://shop.example',
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'content-type,authorization,x-tenant-id',
      'access-control-max-age': '7200',
    });
    const { headers } = await ask({ origin: 'https://shop.example' });
    expect(headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect(headers.get('access-control-expose-headers')).toContain('RateLimit');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    expect(headers.get('vary')).toContain('Origin');
  });

  test('of this machine may call where `loopback` is listed, on any port, and similar names may not', async () => {
    await start({ corsOrigins: ['loopback'] });
    const allowed = async (origin: string) =>
      (await ask({ origin })).headers.get('access-control-allow-origin') === origin;
    for (const origin of ['http://localhost:3000', 'https://localhost', 'http://127.0.0.1:5173', 'http://[::1]:80'])
      expect([origin, await allowed(origin)]).toEqual([origin, true]);
    for (const origin of [
      'http://localhost.evil.example',
      'http://evillocalhost',
      'http://127.0.0.1.evil.example',
      'null',
    ])
      expect([origin, await allowed(origin)]).toEqual([origin, false]);
    expect(await (await fetch(gateway.url)).text()).toContain('Pages on this machine may call');
  });

  test('may not call when their origin is not listed, and by default none may', async () => {
    await start({ corsOrigins: ['https://shop.example'] });
    expect((await ask({ origin: 'https://evil.example' })).headers.get('access-control-allow-origin')).toBeNull();
    await gateway.app.close();
    await start({});
    const preflight = await fetch(`${gateway.url}/graphql`, PREFLIGHT);
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('a gateway that closes', () => {
  test('does not wait for connections that were opened in advance', async () => {
    await start({});
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    const accepted = once(gateway.app.server, 'connection');
    await Promise.all([once(socket, 'connect'), accepted]);
    const closed = once(socket, 'close');
    await gateway.app.close();
    await closed;
  });

  test('answers a last request on a busy connection, with `Connection: close`', async () => {
    const [asked, slow] = [Promise.withResolvers<void>(), Promise.withResolvers<never>()];
    const fetch = () => (asked.resolve(), slow.promise);
    await start({}, { stock: { fetch, subscribe: fetch } });
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    const said = text(socket);
    socket.write(post('{ product(id: "1") { available } }'));
    await asked.promise;
    const closed = gateway.app.close();
    await until(() => !gateway.app.server.listening);
    socket.write(post('{ products { id } }'));
    slow.resolve({ data: { _entities: [{ available: 9 }] } } as never);
    const [, first, last] = (await said).split('HTTP/1.1 ');
    expect([first, last]).toEqual([
      expect.stringMatching(/^200 [^]*available":9/),
      expect.stringMatching(/^200 [^]*"id"/),
    ]);
    expect(last).toMatch(/^connection: close\r$/im);
    await closed;
  });
});

describe('a client that offers HTTP/2', () => {
  test('is answered over HTTP/1.1', async () => {
    await start({});
    const head =
      'GET /health/live HTTP/1.1\r\nHost: souk.test\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\n';
    expect(await answerTo(`${head}HTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n`)).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe('the host of a request', () => {
  const ASK = JSON.stringify({ query: '{ context { tenantId } }' });
  const head = (target: string, ...headers: readonly string[]) =>
    [`POST ${target} HTTP/1.1`, ...headers, 'Content-Type: application/json', 'Connection: close'].join('\r\n');
  const ask = (target: string, ...headers: readonly string[]) =>
    answerTo(`${head(target, ...headers, `Content-Length: ${ASK.length}`)}\r\n\r\n${ASK}`);

  test('in two headers is refused, over a socket too', async () => {
    await start({});
    expect(await ask('/graphql', 'Host: a.test', 'HOST: b.test')).toMatch(/^HTTP\/1\.1 400 [^]*two Host headers/);
    const upgrade =
      'GET /graphql HTTP/1.1\r\nHost: a.test\r\nHost: b.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n';
    const handshake = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n';
    expect(await answerTo(`${upgrade}${handshake}`)).toMatch(/^HTTP\/1\.1 400 /);
  });

  test("is the target's host where the target has one, and selects the tenant", async () => {
    await start({});
    const answer = await ask('HTTP://other.test:4000/graphql', 'Host: localhost');
    expect(answer).toContain(`"tenantId":"${OTHER_TENANT}"`);
  });
});

describe('a client that exhausts the server', () => {
  test('by sending its headers one by one is disconnected', async () => {
    await start({ headersTimeoutMs: 50, requestTimeoutMs: 100, timeoutRoundsMs: 20 });
    expect(await timeoutAnswerTo('POST /graphql HTTP/1.1\r\nHost: souk.test\r\n')).toBe(true);
  });

  test('by sending its body byte by byte is disconnected', async () => {
    await start({ headersTimeoutMs: 50, requestTimeoutMs: 100, timeoutRoundsMs: 20 });
    const head =
      'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{';
    expect(await timeoutAnswerTo(head)).toBe(true);
  });

  test('by headers without end gets a 431', async () => {
    await start({ maxHeaderBytes: 4096 });
    const head = `GET /graphql HTTP/1.1\r\nHost: souk.test\r\nX-Padding: ${'x'.repeat(8000)}\r\n\r\n`;
    expect(await answerTo(head)).toMatch(/^HTTP\/1\.1 431 /);
  });

  test('by too many connections finds the next one closed', async () => {
    await start({ maxConnections: 1 });
    const socket = await rawSocket(gateway.url, { init: {} });
    expect(await answerTo('GET /health/live HTTP/1.1\r\nHost: souk.test\r\n\r\n')).toBe('');
    socket.socket.terminate();
  });
});
