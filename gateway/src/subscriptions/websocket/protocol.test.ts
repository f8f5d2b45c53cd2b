import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { startFixtureGateway, type FixtureGateway, type FixtureOptions } from '../../testing/fixture-gateway.ts';
import { OTHER_TENANT } from '../../testing/fixture-identity.ts';
import { rawSocket, type RawSocket, type RawSocketOptions } from '../../testing/raw-socket.ts';

// These tests send raw frames over real sockets, for clients that follow graphql-transport-ws and clients that violate it.

let gateway: FixtureGateway;
let opened: RawSocket[];
beforeEach(async () => {
  opened = [];
  gateway = await startFixtureGateway();
});
afterEach(async () => {
  for (const { socket } of opened) socket.terminate();
  await gateway.app.close();
});

async function restart(options: FixtureOptions): Promise<void> {
  await gateway.app.close();
  gateway = await startFixtureGateway(options);
}

async function connect(options: RawSocketOptions = {}): Promise<RawSocket> {
  const socket = await rawSocket(gateway.url, options);
  opened.push(socket);
  return socket;
}

/** Ten thousand nested lists. `JSON.parse` accepts them, but `JSON.stringify` overflows the stack. */
const DEEP = '['.repeat(10_000) + ']'.repeat(10_000);
const admitted = (init: Readonly<Record<string, unknown>> = {}) => connect({ init });
const subscribe = (id: string, query: string, rest = {}) => ({ id, type: 'subscribe', payload: { query, ...rest } });
const CHANGED = 'subscription { productChanged { name } }';
const changed = (id: string) => gateway.world.events.emit('productChanged', id);
const listening = (count: number) => until(() => gateway.world.events.listenerCount('productChanged') === count);
const nextOf = (id: string, lamp: string) => ({
  id,
  type: 'next',
  payload: { data: { productChanged: { name: lamp } } },
});

test.each(['/graphql/', '/graphql?a=b', '/graphql/?a=b'])('a socket may be opened at %s', async (path) => {
  const { socket } = await connect({ path });
  expect(socket.readyState).toBe(socket.OPEN);
});

test.each(['/', '/graphqls', '/graphql/a'])('no socket opens at %s', async (path) => {
  const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}${path}`, 'graphql-transport-ws');
  const [error] = await once(socket, 'error');
  expect(String(error)).toContain('400');
});

describe('the subprotocol', () => {
  test("is chosen among the client's offers", async () => {
    const { socket } = await connect({ protocols: ['graphql-ws', 'graphql-transport-ws'] });
    expect(socket.protocol).toBe('graphql-transport-ws');
  });

  test.each([[[]], [['graphql-ws']], [['json', 'graphql-ws']]])(
    'that the gateway does not speak (%j) closes with 4406',
    async (protocols) => {
      const { closed } = await connect({ protocols });
      expect(await closed).toMatchObject({ code: 4406, reason: expect.stringContaining('graphql-transport-ws') });
    },
  );

  test('never comes with compression', async () => {
    const { socket } = await connect({ client: { perMessageDeflate: true } });
    expect(socket.extensions).toBe('');
  });
});

describe('an invalid message closes with 4400:', () => {
  test.each([
    ['text that is not JSON', 'hello'],
    ['no text', ''],
    ['JSON that is not an object', '[]'],
    ['an unknown type', { type: 'start', id: '1', payload: {} }],
    ['no type', { id: '1' }],
    ['a ping whose payload could not be sent back', `{"type":"ping","payload":{"a":${DEEP}}}`],
    [
      'variables that are nested without end',
      `{"id":"1","type":"subscribe","payload":{"query":"{a}","variables":{"a":${DEEP}}}}`,
    ],
    ['an operation without an id', { type: 'subscribe', payload: { query: CHANGED } }],
    ['an operation with an empty id', subscribe('', CHANGED)],
    ['an operation with a number as its id', { ...subscribe('1', CHANGED), id: 1 }],
    ['an operation with an id of 129 characters', subscribe('x'.repeat(129), CHANGED)],
    ['an operation without a payload', { id: '1', type: 'subscribe' }],
    ['a query that is not text', { id: '1', type: 'subscribe', payload: { query: 1 } }],
    ['variables that are not an object', subscribe('1', CHANGED, { variables: [] })],
    ['a ping whose payload is not an object', { type: 'ping', payload: 'hello' }],
    ['a complete without an id', { type: 'complete' }],
    ['bytes', Buffer.from(JSON.stringify({ type: 'ping' }))],
  ])('%s', async (_what, message) => {
    const { send, closed } = await admitted();
    send(message);
    const { code, reason } = await closed;
    expect([code, reason.length > 0, Buffer.byteLength(reason) <= 123]).toEqual([4400, true, true]);
  });

  test('text that is not UTF-8, closes with 1007 (RFC 6455)', async () => {
    const { socket, closed } = await admitted();
    socket.send(Buffer.from([0x22, 0xff, 0x22]), { binary: false });
    expect((await closed).code).toBe(1007);
  });

  test('a message that is too large closes with 1009', async () => {
    await restart({ limits: { bodyBytes: 1000 } });
    const { send, closed } = await admitted();
    send(subscribe('1', `${CHANGED} #${'x'.repeat(1000)}`));
    expect((await closed).code).toBe(1009);
  });
});

describe('connection_init', () => {
  test('is acknowledged', async () => {
    const { send, next } = await connect();
    send({ type: 'connection_init' });
    expect(await next()).toEqual({ type: 'connection_ack' });
  });

  test('that does not arrive in time closes with 4408', async () => {
    await restart({ limits: { connectionInitMs: 30 } });
    const { closed } = await connect();
    expect(await closed).toEqual({ code: 4408, reason: 'Connection initialisation timeout' });
  });

  test('that arrives in time stops the timer', async () => {
    await restart({ limits: { connectionInitMs: 200 } });
    const early = await admitted();
    const late = await connect();
    expect((await late.closed).code).toBe(4408);
    early.send({ type: 'ping' });
    expect(await early.next()).toEqual({ type: 'pong' });
  });

  test.each([
    ['at once', 0],
    ['after the acknowledgement', 1],
  ])('a second time, %s, closes with 4429', async (_when, acknowledged) => {
    const { send, next, closed } = await connect();
    send({ type: 'connection_init' });
    if (acknowledged) await next();
    send({ type: 'connection_init' });
    expect((await closed).code).toBe(4429);
  });

  test.each([
    ['an invalid token', { authorization: 'Bearer nonsense' }, 4401, 'UNAUTHENTICATED'],
    ['an invalid tenant', { 'X-Tenant-ID': 'no shop' }, 4400, 'TENANT_INVALID'],
  ])('with %s is refused', async (_what, payload, code, reason) => {
    const { send, closed } = await connect();
    send({ type: 'connection_init', payload });
    expect(await closed).toEqual({ code, reason: expect.stringContaining(reason) });
  });

  test('with a token of another tenant than the named one closes with 4403', async () => {
    const authorization = `Bearer ${await gateway.identity.token()}`;
    const { send, closed } = await connect();
    send({ type: 'connection_init', payload: { authorization, 'x-tenant-id': OTHER_TENANT } });
    expect(await closed).toMatchObject({ code: 4403, reason: expect.stringContaining('TENANT_MISMATCH') });
  });

  test('with a token that has expired closes with 4403, after which clients reconnect with a newer token', async () => {
    const authorization = `Bearer ${await gateway.identity.token({ expiresInSeconds: -60 })}`;
    const { send, closed } = await connect();
    send({ type: 'connection_init', payload: { authorization } });
    expect(await closed).toEqual({ code: 4403, reason: expect.stringContaining('TOKEN_EXPIRED') });
  });

  test('while the caller cannot be identified closes with 1013, without naming the cause', async () => {
    await restart({ identity: { keys: () => Promise.reject(new Error('the secret database is down')) } });
    const { send, closed } = await connect();
    const authorization = `Bearer ${await gateway.identity.token()}`;
    send({ type: 'connection_init', payload: { authorization } });
    expect(await closed).toEqual({ code: 1013, reason: expect.not.stringContaining('secret') });
    expect(gateway.logs.join()).toContain('the secret database is down');
  });
});

describe('ping and pong', () => {
  test('a ping is answered before connection_init too, with its payload', async () => {
    const { send, next } = await connect();
    send({ type: 'ping' });
    expect(await next()).toEqual({ type: 'pong' });
    send({ type: 'ping', payload: { sent: 1 } });
    expect(await next()).toEqual({ type: 'pong', payload: { sent: 1 } });
  });

  test('an unsolicited pong is accepted', async () => {
    const { send, next } = await admitted();
    send({ type: 'pong', payload: { hello: true } });
    send({ type: 'ping' });
    expect(await next()).toEqual({ type: 'pong' });
  });

  test('a peer that answers no ping is dropped with its subscription; a peer that answers stays', async () => {
    await restart({ limits: { keepAliveMs: 120 } });
    const alive = await admitted();
    const dead = await connect({ init: {}, client: { autoPong: false } });
    dead.send(subscribe('1', CHANGED));
    await listening(1);
    expect((await dead.closed).code).toBe(1006);
    await listening(0);
    expect(gateway.gateway.subscriptionCounts()).toMatchObject({ sockets: 1, operations: 0, droppedSilent: 1 });
    alive.send({ type: 'ping' });
    expect(await alive.next()).toEqual({ type: 'pong' });
  });
});

describe('an operation', () => {
  test('before connection_ack closes with 4401', async () => {
    const { send, closed } = await connect();
    send({ type: 'connection_init' });
    send(subscribe('1', CHANGED));
    expect((await closed).code).toBe(4401);
  });

  test('gets its answers under its id, whatever characters the id has', async () => {
    const { send, next } = await admitted();
    const ids = ['1', '3f0e', 'größer "so"\n', '🛒', '__proto__'];
    for (const id of ids) send(subscribe(id, CHANGED));
    await until(() => gateway.gateway.subscriptionCounts().operations === ids.length);
    await listening(1);
    changed('1');
    const answers = [];
    for (const _id of ids) answers.push(await next());
    expect(answers).toEqual(ids.map((id) => nextOf(id, 'Lamp 1')));
  });

  test('with an id in use closes with 4409, in whole characters', async () => {
    const { send, closed } = await admitted();
    const id = 'ä'.repeat(100);
    send(subscribe(id, CHANGED));
    send(subscribe(id, CHANGED));
    const { code, reason } = await closed;
    expect(code).toBe(4409);
    expect(reason).toMatch(/^Subscriber for ä+$/);
  });

  test('that was completed frees its id and sends nothing more', async () => {
    const { send, next } = await admitted();
    send(subscribe('1', CHANGED));
    await listening(1);
    send({ id: '1', type: 'complete' });
    await listening(0);
    changed('1');
    send(subscribe('1', CHANGED));
    await listening(1);
    changed('2');
    expect(await next()).toEqual(nextOf('1', 'Lamp 2'));
  });

  test('with an unknown id may be completed', async () => {
    const { send, next } = await admitted();
    send({ id: 'unknown', type: 'complete' });
    send({ type: 'ping' });
    expect(await next()).toEqual({ type: 'pong' });
  });

  test.each([
    ['syntax', 'subscription {', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', 'subscription { nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a subscription that the caller may not see', 'subscription { orderPlaced { id } }', 'UNAUTHENTICATED'],
  ])('with %s is refused by one error message', async (_what, query, code) => {
    const { send, next } = await admitted();
    send(subscribe('1', query));
    expect(await next()).toMatchObject({ id: '1', type: 'error', payload: [{ extensions: { code } }] });
    send({ type: 'ping' });
    expect(await next()).toEqual({ type: 'pong' });
  });

  test('that is a query or a mutation gets one answer, then completes', async () => {
    const { send, next } = await admitted();
    send(subscribe('q', 'query ($id: ID!) { product(id: $id) { name } }', { variables: { id: '2' } }));
    expect(await next()).toMatchObject({ id: 'q', type: 'next', payload: { data: { product: { name: 'Lamp 2' } } } });
    expect(await next()).toEqual({ id: 'q', type: 'complete' });
    send(subscribe('m', 'mutation Ping { ping } query Other { me }', { operationName: 'Ping' }));
    expect(await next()).toMatchObject({ id: 'm', type: 'next', payload: { data: { ping: expect.any(String) } } });
    expect(await next()).toEqual({ id: 'm', type: 'complete' });
  });

  test('beyond the limit of a socket is refused, until one is completed', async () => {
    await restart({ limits: { operationsPerSocket: 1 } });
    const { send, next } = await admitted();
    send(subscribe('1', CHANGED));
    send(subscribe('2', CHANGED));
    expect(await next()).toMatchObject({
      id: '2',
      type: 'error',
      payload: [{ extensions: { code: 'TOO_MANY_OPERATIONS' } }],
    });
    send({ id: '1', type: 'complete' });
    send(subscribe('2', '{ products { id } }'));
    expect(await next()).toMatchObject({ id: '2', type: 'next' });
  });

  test('whose source breaks gets an error, and ends', async () => {
    const { send, next } = await admitted();
    send(subscribe('1', CHANGED));
    await listening(1);
    gateway.world.events.emit('error', new Error('the secret broker is gone'));
    const error = await next();
    expect(error).toMatchObject({ id: '1', type: 'error', payload: [{ message: 'Something went wrong' }] });
    expect(gateway.gateway.subscriptionCounts()).toMatchObject({ operations: 0, upstreams: 0 });
  });
});

test('an unexpected failure ends its own socket, and no other', async () => {
  let isBroken = false;
  const isRevoked = () => {
    if (isBroken) throw new Error('the list of sessions is gone');
    return false;
  };
  await restart({ revocations: { isRevoked }, limits: { keepAliveMs: 60_000 } });
  const [theirs, other] = [
    await admitted({ authorization: `Bearer ${await gateway.identity.token()}` }),
    await admitted(),
  ];
  isBroken = true;
  theirs.send(subscribe('1', '{ products { name } }'));
  expect(await theirs.closed).toMatchObject({ code: 1013 });
  expect(gateway.logs.join()).toContain('the list of sessions is gone');
  other.send(subscribe('1', '{ products { name } }'));
  expect(await other.next()).toMatchObject({ id: '1', type: 'next' });
});
