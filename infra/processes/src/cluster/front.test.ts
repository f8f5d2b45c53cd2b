import {
  createServer,
  request as ask,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  type Server,
} from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import { WebSocket, WebSocketServer } from 'ws';
import { startFront } from './front.ts';

const cleanUps: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const each of cleanUps.splice(0)) await each();
});

/** Starts a gateway that replies with its name and the received request. */
async function gateway(name: string, answer?: RequestListener) {
  const state = { ready: true, asked: 0, asksForReadiness: 0 };
  const server: Server = createServer((request, response) => {
    if (request.url === '/health/ready') {
      state.asksForReadiness += 1;
      return void response.writeHead(state.ready ? 200 : 503).end();
    }
    state.asked += 1;
    if (answer) return answer(request, response);
    request.setEncoding('utf8');
    let body = '';
    request.on('data', (part: string) => (body += part));
    request.on('end', () =>
      response.end(
        JSON.stringify({ name, body, headers: request.headers, forwardedFor: request.headers['x-forwarded-for'] }),
      ),
    );
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) =>
    socket.on('message', (text: Buffer) => socket.send(`${name}: ${text.toString()}`)),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const close = () => {
    sockets.clients.forEach((each) => each.terminate());
    server.closeAllConnections();
    server.close();
  };
  cleanUps.push(close);
  return { url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, state, close };
}

async function frontOf(...urls: readonly string[]) {
  const front = await startFront({ host: '127.0.0.1', port: 0, urls });
  cleanUps.unshift(() => front.close());
  const post = async (body: string) => {
    const response = await fetch(`${front.url}/graphql`, { method: 'POST', body });
    return { status: response.status, ...((await response.json()) as { name?: string; body?: string }) };
  };
  return { url: front.url, post };
}

test('requests go to the gateways in turn, with their bodies and the address of the client', async () => {
  const [one, other] = [await gateway('one'), await gateway('other')];
  const { post } = await frontOf(one.url, other.url);
  const answers = [await post('a'), await post('b'), await post('c')];
  expect(new Set(answers.map(({ name }) => name))).toEqual(new Set(['one', 'other']));
  expect(answers[0]).toMatchObject({ status: 200, body: 'a', forwardedFor: '127.0.0.1' });
});

test('headers of proxies, and headers that belong to the connection, do not reach a gateway', async () => {
  const { url } = await frontOf((await gateway('one')).url);
  const headers = {
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-host': 'another.test',
    'x-forwarded-proto': 'https',
    'x-real-ip': '203.0.113.9',
    forwarded: 'for=203.0.113.9',
    via: '1.1 another.test',
    connection: 'close, X-Marked, Host',
    'x-marked': 'for the front',
    'x-tenant-id': 'for the gateway',
  };
  const asked = ask(`${url}/graphql`, { headers }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const received = JSON.parse(await text(answer)) as { readonly headers: Record<string, string> };
  expect(received.headers).toEqual({
    connection: 'keep-alive',
    host: new URL(url).host,
    'x-forwarded-for': '127.0.0.1',
    'x-tenant-id': 'for the gateway',
  });
});

test('a gateway that is not ready receives no requests until it is ready', async () => {
  const [one, other] = [await gateway('one'), await gateway('other')];
  const { post } = await frontOf(one.url, other.url);
  one.state.ready = false;
  await until(async () => (await Promise.all(['', '', '', ''].map(post))).every(({ name }) => name === 'other'));
  one.state.ready = true;
  await until(async () => (await post('')).name === 'one');
});

test('when no gateway is ready, running gateways still receive requests', async () => {
  const only = await gateway('only');
  const { post } = await frontOf('http://127.0.0.1:9', only.url);
  only.state.ready = false;
  await until(() => only.state.asksForReadiness > 1);
  expect((await post('')).name).toBe('only');
});

test('a request to a stopped gateway is answered by another', async () => {
  const [one, other] = [await gateway('one'), await gateway('other')];
  const { post } = await frontOf(one.url, other.url);
  one.close();
  const names = [await post(''), await post(''), await post('')].map(({ name }) => name);
  expect(names).toEqual(['other', 'other', 'other']);
});

test('a request that was sent and not answered is not sent again', async () => {
  const breaking = await gateway('breaking', (_request, response) => response.destroy());
  const sound = await gateway('sound');
  const { post } = await frontOf(breaking.url, sound.url);
  const statuses = [await post(''), await post('')].map(({ status }) => status);
  expect(statuses).toContain(502);
  expect(sound.state.asked).toBe(1);
});

test.each(['GET', 'DELETE', 'OPTIONS'])(
  'the body of a %s in chunks is its body, and no request of its own',
  async (method) => {
    const only = await gateway('only');
    const { url, post } = await frontOf(only.url);
    const hidden = 'POST /hidden HTTP/1.1\r\nHost: evil\r\nX-Forwarded-For: 203.0.113.9\r\nContent-Length: 0\r\n\r\n';
    const client = connect(Number(new URL(url).port), '127.0.0.1');
    cleanUps.push(() => void client.destroy());
    client.write(
      `${method} / HTTP/1.1\r\nHost: front\r\nTransfer-Encoding: chunked\r\n\r\n${hidden.length.toString(16)}\r\n${hidden}\r\n0\r\n\r\n`,
    );
    expect(String((await once(client, 'data'))[0])).toContain('200 OK');
    expect(await post('next')).toMatchObject({ body: 'next', forwardedFor: '127.0.0.1' });
    expect(only.state.asked).toBe(2);
  },
);

test('without any gateway the front answers 503', async () => {
  const { post } = await frontOf('http://127.0.0.1:9');
  await until(async () => (await post('')).status === 503);
});

test('a socket to a stopped gateway is opened at another', async () => {
  const [one, other] = [await gateway('one'), await gateway('other')];
  const { url } = await frontOf(one.url, other.url);
  one.close();
  for (const name of ['first', 'second']) {
    const socket = new WebSocket(url.replace('http', 'ws'));
    await once(socket, 'open');
    socket.send(name);
    expect(String((await once(socket, 'message'))[0])).toBe(`other: ${name}`);
    socket.terminate();
  }
});

test('sockets are forwarded, and end with their gateway', async () => {
  const only = await gateway('only');
  const { url } = await frontOf(only.url);
  const socket = new WebSocket(url.replace('http', 'ws'));
  await once(socket, 'open');
  socket.send('hello');
  const [text] = await once(socket, 'message');
  expect(String(text)).toBe('only: hello');
  only.close();
  await once(socket, 'close');
  expect(socket.readyState).toBe(WebSocket.CLOSED);
});

test.each(['request', 'socket'])(
  'a forwarded %s has no proxy headers of the client and no header that its Connection header names',
  async (kind) => {
    const seen: IncomingHttpHeaders[] = [];
    const server = createServer((request, response) => {
      if (request.url !== '/health/ready') seen.push(request.headers);
      response.end();
    });
    server.on('upgrade', (request, socket) => {
      seen.push(request.headers);
      socket.destroy();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    cleanUps.push(
      () => server.closeAllConnections(),
      () => void server.close(),
    );
    const { port } = server.address() as AddressInfo;
    const { url } = await frontOf(`http://127.0.0.1:${port}`);
    const upgrade = {
      upgrade: 'websocket',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      'sec-websocket-version': '13',
    };
    const headers = {
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-host': 'evil.test',
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '1',
      forwarded: 'for=203.0.113.9;host=evil.test',
      'x-real-ip': '203.0.113.9',
      via: '1.1 evil.test',
      'x-named': 'for the front',
      'x-kept': 'for the gateway',
      connection: kind === 'socket' ? 'Upgrade, X-Named' : 'close, X-Named',
      ...(kind === 'socket' && upgrade),
    };
    ask(`${url}/graphql`, { headers })
      .on('error', () => undefined)
      .end();
    const [handed] = await until(() => seen.length > 0 && seen);
    expect(handed).toMatchObject({ 'x-forwarded-for': '127.0.0.1', 'x-kept': 'for the gateway' });
    const refused = Object.keys(headers).filter((name) => !['x-forwarded-for', 'x-kept', 'connection'].includes(name));
    expect(refused.filter((name) => handed?.[name] !== undefined && !(name in upgrade))).toEqual([]);
  },
);
