import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import { createClient, type Client } from 'graphql-sse';
import { eventsOf, openEventStream } from '../../testing/event-stream.ts';
import { startFixtureGateway, type FixtureGateway, type FixtureOptions } from '../../testing/fixture-gateway.ts';
import { OTHER_TENANT, TENANT } from '../../testing/fixture-identity.ts';
import { rawSocket } from '../../testing/raw-socket.ts';

let gateway: FixtureGateway;
let clients: Client<false>[];
beforeEach(async () => {
  clients = [];
  gateway = await startFixtureGateway();
});
afterEach(async () => {
  for (const client of clients) client.dispose();
  await gateway.app.close();
});

const CHANGED = 'subscription { productChanged { name available warehouse } }';
const LAMP = { data: { productChanged: { name: 'Lamp 1', available: 3, warehouse: `warehouse of ${TENANT}` } } };
const counts = () => gateway.gateway.subscriptionCounts();
const change = (id: string) => gateway.world.events.emit('productChanged', id);
const listening = (count: number) => until(() => gateway.world.events.listenerCount('productChanged') === count);

async function restart(options: FixtureOptions): Promise<void> {
  await gateway.app.close();
  gateway = await startFixtureGateway(options);
}

/** The client of graphql-sse in "distinct connections mode". */
function client(headers: Record<string, string> = {}): Client<false> {
  const created = createClient({ url: `${gateway.url}/graphql`, headers, retryAttempts: 0 });
  clients.push(created);
  return created;
}

const browser = (query: string, accept = 'text/event-stream') =>
  fetch(`${gateway.url}/graphql?query=${encodeURIComponent(query)}`, { headers: { accept } });

describe('a client of graphql-sse', () => {
  test('gets each event, completed by the other subgraph, and leaves nothing behind', async () => {
    const answers = client().iterate({ query: CHANGED });
    const first = answers.next();
    await listening(1);
    change('1');
    expect((await first).value).toEqual(LAMP);
    change('2');
    expect((await answers.next()).value).toMatchObject({ data: { productChanged: { name: 'Lamp 2' } } });
    await answers.return?.();
    await listening(0);
    await until(() => counts().eventStreams === 0);
    expect(counts()).toMatchObject({ operations: 0, upstreams: 0, answers: 2 });
  });

  test('gets the one answer of a query or a mutation, then the end', async () => {
    const answers = client().iterate({
      query: 'query ($id: ID!) { product(id: $id) { name } }',
      variables: { id: '2' },
    });
    expect((await answers.next()).value).toMatchObject({ data: { product: { name: 'Lamp 2' } } });
    expect(await answers.next()).toMatchObject({ done: true });
    const pinged = client().iterate({ query: 'mutation { ping }' });
    expect((await pinged.next()).value).toMatchObject({ data: { ping: '1' } });
  });

  test.each([
    ['syntax', '{', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a subscription that the caller may not see', 'subscription { orderPlaced { id } }', 'UNAUTHENTICATED'],
  ])('is refused for %s by an event with the reason, then the end', async (_what, query, code) => {
    const answers = client().iterate({ query });
    const { value } = await answers.next();
    expect(value).toMatchObject({ errors: [{ extensions: { code } }] });
    expect(value).not.toHaveProperty('data');
    expect(await answers.next()).toMatchObject({ done: true });
  });

  test('sends its token in a header, as with any request', async () => {
    const authorization = `Bearer ${await gateway.identity.token()}`;
    const answers = client({ authorization }).iterate({ query: 'subscription { orderPlaced { id } }' });
    const first = answers.next();
    await until(() => gateway.world.events.listenerCount('orderPlaced') === 1);
    gateway.world.events.emit('orderPlaced', 'o1');
    expect((await first).value).toEqual({ data: { orderPlaced: { id: 'o1' } } });
    await answers.return?.();
  });
});

test('an event stream shares upstream and execution with the sockets of equal subscribers', async () => {
  const socket = await rawSocket(gateway.url, { init: {} });
  socket.send({ id: '1', type: 'subscribe', payload: { query: CHANGED } });
  const answers = client().iterate({ query: CHANGED });
  const streamed = answers.next();
  await until(() => counts().operations === 2);
  await listening(1);
  change('1');
  expect(await socket.next()).toEqual({ id: '1', type: 'next', payload: LAMP });
  expect((await streamed).value).toEqual(LAMP);
  expect([counts().upstreams, gateway.world.stockContexts.length]).toEqual([1, 1]);
  socket.socket.terminate();
  await answers.return?.();
});

describe('the answer', () => {
  test('is an event stream that proxies do not buffer, with the headers of every answer', async () => {
    const { status, headers, events } = await openEventStream(gateway.url, { query: '{ products { id } }' });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-cache, no-transform');
    expect(headers.get('x-accel-buffering')).toBe('no');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    expect(await events).toMatchObject([
      ['next', { data: { products: [{ id: '1' }, { id: '2' }] } }],
      ['complete', null],
    ]);
  });

  test('has comments while no event happens', async () => {
    await restart({ limits: { keepAliveMs: 60 } });
    const { body } = await browser(CHANGED);
    const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (text.length < 9) text += (await reader?.read())?.value ?? '';
    expect(text).toMatch(/^(:\n\n)+$/);
    await reader?.cancel();
    await until(() => counts().eventStreams === 0);
  });

  test('ends without `complete` when the gateway stops, so that clients connect again', async () => {
    const { events } = await openEventStream(gateway.url, { query: CHANGED });
    await listening(1);
    await gateway.app.close();
    expect(await events).toEqual([]);
    await listening(0);
  });
});

describe("a browser's EventSource, which sends a GET without custom headers,", () => {
  test('may subscribe and query', async () => {
    const { status, body } = await browser('{ products { id } }');
    expect(status).toBe(200);
    expect(body && eventsOf(await new Response(body).text())).toHaveLength(2);
  });

  test('may not run mutations', async () => {
    const response = await browser('mutation { ping }');
    const [first] = eventsOf(await response.text());
    expect(first).toMatchObject(['next', { errors: [{ extensions: { code: 'METHOD_NOT_ALLOWED' } }] }]);
    expect(gateway.world.ran).toEqual([]);
  });
});

describe('the caller is identified before the stream opens:', () => {
  test.each([
    ['an invalid token', { authorization: 'Bearer nonsense' }, 401, 'UNAUTHENTICATED'],
    ['an invalid tenant', { 'x-tenant-id': 'no shop' }, 400, 'TENANT_INVALID'],
  ])('%s', async (_what, headers, status, code) => {
    const response = await gateway.graphql(CHANGED, { accept: 'text/event-stream', ...headers });
    expect(response).toMatchObject({ status, body: { errors: [{ extensions: { code } }] } });
  });

  test('the named tenant gets its own data', async () => {
    const answers = client({ 'x-tenant-id': OTHER_TENANT }).iterate({ query: CHANGED });
    const first = answers.next();
    await listening(1);
    change('1');
    expect(JSON.stringify((await first).value)).toContain(OTHER_TENANT);
    await answers.return?.();
  });
});

test.each([
  ['text/event-stream', true],
  ['text/event-stream; q=1, multipart/mixed', true],
  ['multipart/mixed, TEXT/Event-Stream', true],
  ['text/event-stream, application/json', true],
  ['application/graphql-response+json, application/json, text/event-stream', false],
  ['*/*', false],
])('with `Accept: %s` the answer is a stream: %p', async (accept, isStream) => {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify({ query: '{ products { id } }' }),
  });
  expect(response.headers.get('content-type')?.startsWith('text/event-stream')).toBe(isStream);
  await response.text();
});

test('a body that names no operation is a plain 400', async () => {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: '[]',
  });
  expect([response.status, response.headers.get('content-type')]).toEqual([400, 'application/json; charset=utf-8']);
});
