import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import type { ExecutionResult } from 'graphql';
import { startFixtureGateway, type FixtureGateway } from '../testing/fixture-gateway.ts';
import type { OperationManifest } from './manifest.ts';
import type { PersistedOptions } from './persisted-options.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const NAME = 'query Name($id: ID!) {\n  product(id: $id) {\n    name\n  }\n}';
const PING = 'mutation Ping {\n  ping\n}';
const CHANGED = 'subscription Changed {\n  productChanged {\n    name\n  }\n}';
const MANIFEST: OperationManifest = {
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: [
    { id: sha256(NAME), name: 'Name', type: 'query', body: NAME },
    { id: sha256(PING), name: 'Ping', type: 'mutation', body: PING },
    { id: sha256(CHANGED), name: 'Changed', type: 'subscription', body: CHANGED },
    { id: 'short-id', name: 'Echo', type: 'query', body: 'query Echo { echo(text: "yes") }' },
  ],
};
const OTHER = '{ products { id } }';

type Body = Readonly<Record<string, unknown>>;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: ExecutionResult;
  /** The code of the answer's first error. */
  readonly code: unknown;
}

const byHash = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });
const variables = { id: '1' };
const LAMP = { data: { product: { name: 'Lamp 1' } } };

async function answerOf(response: Response): Promise<Answer> {
  const body = (await response.json()) as ExecutionResult;
  return { status: response.status, headers: response.headers, body, code: body.errors?.[0]?.extensions?.['code'] };
}

const ACCEPT = { accept: 'application/graphql-response+json' };

async function post({ url }: FixtureGateway, body: Body, headers: Record<string, string> = {}): Promise<Answer> {
  const init = { 'content-type': 'application/json', ...ACCEPT, ...headers };
  return answerOf(await fetch(`${url}/graphql`, { method: 'POST', headers: init, body: JSON.stringify(body) }));
}

async function get({ url }: FixtureGateway, params: Body): Promise<Answer> {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    search.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  const headers = { ...ACCEPT, 'apollo-require-preflight': 'true' };
  return answerOf(await fetch(`${url}/graphql?${search.toString()}`, { headers }));
}

/** Creates a gateway for the tests of one `describe`. */
function gatewayWith(operations: PersistedOptions): () => FixtureGateway {
  let gateway: FixtureGateway;
  beforeAll(async () => {
    gateway = await startFixtureGateway({ operations });
  });
  afterAll(() => gateway.app.close());
  return () => gateway;
}

describe('an operation of the manifest', () => {
  const gateway = gatewayWith({ manifest: MANIFEST });

  test.each<[string, Body]>([
    ['extensions.persistedQuery', byHash(sha256(NAME))],
    ['documentId', { documentId: sha256(NAME) }],
    ['documentId with its kind', { documentId: `sha256:${sha256(NAME)}` }],
    ['both, when they are equal', { documentId: sha256(NAME), ...byHash(sha256(NAME)) }],
    ['an id along with its text', { query: NAME, ...byHash(sha256(NAME)) }],
    ['an id along with an empty text', { query: '', ...byHash(sha256(NAME)) }],
    ['an id along with its name', { documentId: sha256(NAME), operationName: 'Name' }],
  ])('runs by %s', async (_form, body) => {
    expect((await post(gateway(), { ...body, variables })).body).toEqual(LAMP);
    expect((await get(gateway(), { ...body, variables })).body).toEqual(LAMP);
  });

  test('may have an id that is not a hash', async () => {
    expect((await post(gateway(), { documentId: 'short-id' })).body).toEqual({ data: { echo: 'yes' } });
  });

  test('is refused by GET when it is a mutation', async () => {
    const { status, headers, code } = await get(gateway(), byHash(sha256(PING)));
    expect([status, headers.get('allow'), code]).toEqual([405, 'POST', 'METHOD_NOT_ALLOWED']);
    expect(gateway().world.ran).toEqual([]);
    expect((await post(gateway(), byHash(sha256(PING)))).body).toEqual({ data: { ping: expect.any(String) } });
  });

  test.each<[string, Body]>([
    ['an empty text', { query: '' }],
    ['no text', {}],
  ])('can be subscribed to over a socket, with %s', async (_form, payload) => {
    const socket = new WebSocket(`${gateway().url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const received: unknown[] = [];
    socket.addEventListener('message', ({ data }) => received.push(JSON.parse(data)));
    const send = (message: Body) => socket.send(JSON.stringify(message));
    await once(socket, 'open');
    send({ type: 'connection_init' });
    await until(() => received.length === 1);
    send({ type: 'subscribe', id: 'a', payload: { ...payload, ...byHash(sha256(CHANGED)) } });
    const { events } = gateway().world;
    await until(() => events.listenerCount('productChanged') > 0);
    events.emit('productChanged', '1');
    await until(() => received.length === 2);
    expect(received[1]).toEqual({ type: 'next', id: 'a', payload: { data: { productChanged: { name: 'Lamp 1' } } } });
    socket.close();
    await until(() => events.listenerCount('productChanged') === 0);
  });
});

describe('a request with a malformed operation id', () => {
  const gateway = gatewayWith({ manifest: MANIFEST });

  test.each<[string, Body, RegExp]>([
    [
      'another version of the protocol',
      { extensions: { persistedQuery: { version: 2, sha256Hash: 'a' } } },
      /"version": 1/,
    ],
    ['no hash', { extensions: { persistedQuery: { version: 1 } } }, /sha256Hash/],
    ['an invalid hash', { documentId: 'sha256:abc' }, /64 hexadecimal digits/],
    ['two ids', { documentId: 'a', ...byHash('b') }, /name different operations/],
    ['the text of another operation', { query: OTHER, ...byHash(sha256(NAME)) }, /not the operation that the id names/],
    ['the hash of another text', { query: OTHER, ...byHash(sha256('{ me }')) }, /not the operation that the id names/],
    ['nothing at all', {}, /Send an operation/],
  ])('gets an error that describes %s', async (_what, body, message) => {
    const { status, code, body: answer } = await post(gateway(), body);
    expect([status, code, answer.errors?.[0]?.message]).toEqual([400, 'BAD_REQUEST', expect.stringMatching(message)]);
  });
});

describe('a text that is sent with its hash', () => {
  const gateway = gatewayWith({});

  test('is requested once, and then found by its hash', async () => {
    const hash = byHash(sha256(OTHER));
    const unknown = await post(gateway(), hash);
    expect([unknown.code, unknown.body.errors?.[0]?.message]).toEqual([
      'PERSISTED_QUERY_NOT_FOUND',
      'PersistedQueryNotFound',
    ]);
    expect(unknown.headers.get('cache-control')).toBe('no-store');
    const sent = await post(gateway(), { query: OTHER, ...hash });
    expect(sent.body.data).toBeDefined();
    expect((await post(gateway(), hash)).body).toEqual(sent.body);
    expect((await get(gateway(), hash)).body).toEqual(sent.body);
  });

  test('is found by its hash only: a client cannot register it under another id', async () => {
    const { code } = await post(gateway(), { query: '{ me }', documentId: 'my-id' });
    expect(code).toBe('BAD_REQUEST');
    expect((await post(gateway(), { documentId: 'my-id' })).body.errors?.[0]?.message).toMatch(
      /No operation with the id "my-id"/,
    );
  });
});

test('without a store of texts, clients get the error that makes them stop sending hashes', async () => {
  const gateway = await startFixtureGateway({ operations: { automatic: null } });
  const { code, body } = await post(gateway, byHash(sha256(OTHER)));
  const sent = await post(gateway, { query: OTHER, ...byHash(sha256(OTHER)) });
  await gateway.app.close();
  expect([code, body.errors?.[0]?.message]).toEqual(['PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported']);
  expect(sent.body.data).toBeDefined();
});

describe('where only persisted operations run', () => {
  const gateway = gatewayWith({ manifest: MANIFEST, accept: 'persisted' });

  test('the operations of the manifest run, by id and by their exact text', async () => {
    expect((await post(gateway(), { ...byHash(sha256(NAME)), variables })).body).toEqual(LAMP);
    expect((await post(gateway(), { query: NAME, variables })).body).toEqual(LAMP);
  });

  test.each<[string, Body]>([
    ['another text', { query: OTHER }],
    ['an operation of the manifest in another layout', { query: NAME.replaceAll('\n', ' ') }],
    ['another text with its hash', { query: OTHER, ...byHash(sha256(OTHER)) }],
  ])('%s is refused with the remedy', async (_what, body) => {
    const { status, code, body: answer } = await post(gateway(), { ...body, variables });
    expect([status, code]).toEqual([400, 'PERSISTED_OPERATION_REQUIRED']);
    expect(answer.errors?.[0]?.message).toMatch(/send the id.*documentId/);
  });

  test('an unknown id makes clients stop sending hashes, not send a text', async () => {
    expect((await post(gateway(), byHash(sha256(OTHER)))).code).toBe('PERSISTED_QUERY_NOT_SUPPORTED');
  });
});

test('the accepted operations can depend on the caller', async () => {
  const gateway = await startFixtureGateway({
    operations: { manifest: MANIFEST, accept: ({ context }) => (context.actor.kind === 'user' ? 'any' : 'persisted') },
  });
  const authorization = `Bearer ${await gateway.identity.token({})}`;
  const stranger = await post(gateway, { query: OTHER });
  const user = await post(gateway, { query: OTHER }, { authorization });
  await gateway.app.close();
  expect(stranger.code).toBe('PERSISTED_OPERATION_REQUIRED');
  expect(user.body.data).toBeDefined();
});
