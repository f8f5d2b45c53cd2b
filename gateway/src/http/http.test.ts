import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFixtureGateway, type FixtureGateway } from '../testing/fixture-gateway.ts';

let gateway: FixtureGateway;
let directory: string;
const parts = [
  { name: 'catalog', ready: async () => true },
  { name: 'orders', ready: async () => false },
  { name: 'payments', ready: () => Promise.reject(new Error('down')) },
];
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'souk-media-'));
  await writeFile(join(directory, 'lamp.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(directory, '.secret'), 'x');
  gateway = await startFixtureGateway({ media: { directory }, parts, playground: { tabs: [] } });
});
afterAll(async () => {
  await gateway.app.close();
  await rm(directory, { recursive: true });
});

const get = (path: string, init?: RequestInit) => fetch(`${gateway.url}${path}`, init);

describe('/graphql', () => {
  test('answers a GET with the query in the address', async () => {
    const headers = { 'apollo-require-preflight': 'yes' };
    const response = await get(`/graphql?query=${encodeURIComponent('{ product(id: "1") { name } }')}`, { headers });
    expect(await response.json()).toEqual({ data: { product: { name: 'Lamp 1' } } });
  });

  test('answers HEAD as GET, without the body', async () => {
    const headers = { 'apollo-require-preflight': 'yes' };
    const ask = (method: string, query: string) =>
      get(`/graphql?query=${encodeURIComponent(query)}`, { method, headers });
    const [head, whole] = [await ask('HEAD', '{ products { name } }'), await ask('GET', '{ products { name } }')];
    expect([head.status, head.headers.get('content-length')]).toEqual([200, whole.headers.get('content-length')]);
    expect((await ask('HEAD', 'mutation { ping }')).status).toBe(405);
    expect(gateway.world.ran).toEqual([]);
  });

  test('forbids caches to keep a refusal', async () => {
    const headers = { 'apollo-require-preflight': 'yes', 'x-tenant-id': '018f0000-0000-7000-8000-00000000dead' };
    const response = await get('/graphql?query={me}', { headers });
    expect([response.status, response.headers.get('cache-control')]).toEqual([404, 'no-store']);
  });

  test('refuses variables that are nested too deeply', async () => {
    const deep = '['.repeat(10_000) + ']'.repeat(10_000);
    const body = `{"query":"{ products { name } }","variables":{"a":${deep}}}`;
    const response = await get('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect([response.status, await response.text()]).toEqual([
      400,
      expect.stringContaining('`variables` may be nested'),
    ]);
  });

  test('runs no mutation by GET', async () => {
    const headers = { 'apollo-require-preflight': 'yes' };
    const response = await get(`/graphql?query=${encodeURIComponent('mutation { ping }')}`, { headers });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    expect(gateway.world.ran).toEqual([]);
  });

  test('refuses requests that another site could make a browser send', async () => {
    const post = await get('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: '{"query":"mutation { ping }"}',
    });
    expect(post.status).toBe(415);
    const link = await get(`/graphql?query=${encodeURIComponent('{ products { id } }')}`);
    expect([link.status, await link.text()]).toEqual([400, expect.stringContaining('CSRF')]);
    expect(gateway.world.ran).toEqual([]);
  });

  test.each([
    ['application/graphql-response+json, application/json', 200],
    ['text/html, Application/GraphQL-Response+JSON; q=0.9', 200],
    ['text/html,application/xhtml+xml,*/*;q=0.8', 400],
    ['application/json', 400],
  ])('accepts a query by GET with `Accept: %s`: %i', async (accept, status) => {
    const response = await get(`/graphql?query=${encodeURIComponent('{ products { id } }')}`, { headers: { accept } });
    expect(response.status).toBe(status);
  });

  test('runs no mutation by GET, whatever `Accept`', async () => {
    const headers = { accept: 'application/graphql-response+json' };
    const mutation = 'mutation { ping }';
    const byGet = await get(`/graphql?query=${encodeURIComponent(mutation)}`, { headers });
    const byPost = await get('/graphql', {
      method: 'POST',
      headers: { ...headers, 'content-type': 'text/plain' },
      body: '{}',
    });
    const withoutBody = await get('/graphql', { method: 'POST', headers });
    expect([byGet.status, byPost.status, withoutBody.status]).toEqual([405, 415, 400]);
    expect(gateway.world.ran).toEqual([]);
  });

  test.each([
    ['application/graphql-response+json', 400, 'application/graphql-response+json; charset=utf-8'],
    [
      'text/html, application/graphql-response+json;charset="utf-8"',
      400,
      'application/graphql-response+json; charset=utf-8',
    ],
    ['application/json', 200, 'application/json; charset=utf-8'],
    ['*/*', 200, 'application/json; charset=utf-8'],
  ])('answers an invalid operation with `Accept: %s` by %i', async (accept, status, type) => {
    const answer = await gateway.graphql('{ nothing }', { accept });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, type]);
  });

  const GRAPHQL = 'application/graphql-response+json';
  const JSON_TYPE = 'application/json';
  test.each([
    [`${GRAPHQL};q=0.1, ${JSON_TYPE}`, JSON_TYPE],
    [`${JSON_TYPE};q=0.9, ${GRAPHQL}`, GRAPHQL],
    [`${GRAPHQL};q=0, ${JSON_TYPE}`, JSON_TYPE],
    [`${JSON_TYPE};q=0, */*`, GRAPHQL],
    [`*/*;q=0.1, ${GRAPHQL};q=0.5`, GRAPHQL],
    [`application/*;q=0.9, ${JSON_TYPE};q=0.1`, GRAPHQL],
    [`text/event-stream;q=0, ${JSON_TYPE}`, JSON_TYPE],
    [`text/event-stream;q=0.1, ${JSON_TYPE}`, JSON_TYPE],
    [`${JSON_TYPE};q=0.1, text/event-stream;q=0.2`, 'text/event-stream'],
    [`${JSON_TYPE};q=0, ${GRAPHQL};q=0, */*;q=0.5`, 'text/event-stream'],
  ])('answers `Accept: %s` with %s', async (accept, type) => {
    const body = '{"query":"{ products { id } }"}';
    const response = await get('/graphql', {
      method: 'POST',
      headers: { 'content-type': JSON_TYPE, accept },
      body,
    });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, `${type}; charset=utf-8`]);
    await response.text();
  });

  test.each(['application/json;q=0', '*/*;q=0', `${GRAPHQL};q=0.0, text/html`])(
    'refuses `Accept: %s`, which accepts no available type',
    async (accept) => {
      expect((await gateway.graphql('{ products { id } }', { accept })).status).toBe(406);
    },
  );

  test.each<[number, RequestInit]>([
    [400, { body: '{"query":' }],
    [400, { body: '{}' }],
    [401, { headers: { authorization: 'Bearer x' } }],
    [404, { headers: { 'x-tenant-id': '018f0000-0000-7000-8000-00000000dead' } }],
    [405, { method: 'PUT' }],
    [413, { body: 'x'.repeat(2 * 1024 * 1024) }],
    [415, { headers: { 'content-type': 'application/xml' } }],
  ])('refuses with %i in the only type that a client accepts: %o', async (status, { headers, ...init }) => {
    const response = await get('/graphql', {
      method: 'POST',
      body: '{"query":"{ me { id } }"}',
      ...init,
      headers: { 'content-type': JSON_TYPE, accept: GRAPHQL, ...Object.fromEntries(new Headers(headers)) },
    });
    expect([response.status, response.headers.get('content-type')]).toEqual([status, `${GRAPHQL}; charset=utf-8`]);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: expect.any(String) } }] });
  });

  test('lists its types to a client that accepts none of them', async () => {
    const { status, body } = await gateway.graphql('{ products { id } }', { accept: 'text/html' });
    expect([status, body.errors?.[0]?.message]).toEqual([406, expect.stringContaining('application/json')]);
  });

  test('refuses a body of 10 MB with a clear error', async () => {
    const { status, body } = await gateway.graphql(`# ${'x'.repeat(10 * 1024 * 1024)}\n{ products { id } }`);
    expect(status).toBe(413);
    expect(body.errors).toMatchObject([
      { message: expect.stringContaining('1048576 bytes'), extensions: { code: 'PAYLOAD_TOO_LARGE' } },
    ]);
  });

  test.each([
    ['application/json', '{"query":', 400, 'BAD_REQUEST'],
    ['application/xml', '<query/>', 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ])('refuses a body of %s that cannot be read, with a GraphQL error', async (type, body, status, code) => {
    const response = await get('/graphql', { method: 'POST', headers: { 'content-type': type }, body });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ errors: [{ message: expect.any(String), extensions: { code } }] });
  });

  test.each(['PUT', 'PATCH', 'DELETE'])('refuses %s, and lists the allowed methods', async (method) => {
    const response = await get('/graphql', { method, headers: { 'content-type': 'application/json' }, body: '{' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
    expect(await response.json()).toMatchObject({
      errors: [{ message: expect.stringContaining('POST'), extensions: { code: 'METHOD_NOT_ALLOWED' } }],
    });
  });

  test('answers OPTIONS with the allowed methods, also without CORS', async () => {
    const response = await get('/graphql', { method: 'OPTIONS' });
    expect([response.status, response.headers.get('allow')]).toEqual([204, 'GET, HEAD, POST']);
  });

  test('names the accepted type to a client that sends another one', async () => {
    const response = await get('/graphql', { method: 'POST', headers: { 'content-type': 'text/csv' }, body: 'a' });
    expect(await response.text()).toContain('Content-Type: application/json');
  });

  test('names the remedy for a text with too many tokens', async () => {
    const { body } = await gateway.graphql(`{ ${'a '.repeat(5001)} }`);
    expect(body.errors).toMatchObject([
      {
        message: expect.stringMatching(/5000 tokens.*Ask for fewer fields/),
        extensions: { code: 'GRAPHQL_PARSE_FAILED' },
      },
    ]);
  });

  test('names the limit that an operation exceeds', async () => {
    const aliases = Array.from({ length: 21 }, (_, n) => `p${n}: products { id }`).join(' ');
    const { status, body } = await gateway.graphql(`{ ${aliases} }`);
    expect([status, body.errors?.[0]?.message]).toEqual([400, expect.stringContaining('21 root fields')]);
  });

  test('reports only the first wrong values of a list of thousands', async () => {
    const query = 'query ($ids: [ID!]) { productsOf(ids: $ids) { name } }';
    const { status, body } = await gateway.graphql(query, {}, { ids: Array.from({ length: 10_000 }, () => null) });
    expect([status, body.errors?.length]).toEqual([400, 51]);
  });

  test('does not validate a text whose validation would take seconds', async () => {
    const { status, body } = await gateway.graphql(`{ products { ${'supplier { name } '.repeat(1200)} } }`);
    expect([status, body.errors?.[0]?.extensions]).toMatchObject([
      400,
      { code: 'OPERATION_TOO_LARGE', limit: 'merges' },
    ]);
  });

  test('reads no text of more tokens than the limit', async () => {
    const { status, body } = await gateway.graphql(`{ products { ${'id '.repeat(6000)} } }`);
    expect([status, body.errors?.[0]?.message]).toEqual([400, expect.stringContaining('5000 tokens')]);
  });
});

test('introspection can be turned off', async () => {
  const closed = await startFixtureGateway({ introspection: false });
  const { status, body } = await closed.graphql('{ __schema { types { name } } }');
  const suggestion = await closed.graphql('{ product(id: "1") { nam } }');
  const value = await closed.graphql('query ($c: Color) { paint(color: $c) }', {}, { c: 'REDD' });
  await closed.app.close();
  expect(value.body.errors?.[0]?.message).toMatch(/^(?!.*Did you mean).*REDD/s);
  expect([status, body.data]).toEqual([400, undefined]);
  expect(suggestion.body.errors?.[0]?.message).not.toContain('name');
});

test('the public keys are published, without their private parts', async () => {
  const { keys } = (await (await get('/.well-known/jwks.json')).json()) as { keys: object[] };
  expect(keys.map((key) => Object.keys(key).sort())).toEqual([['e', 'kid', 'kty', 'n', 'use']]);
});

test('the gateway is live while it runs, and ready when every dependency is', async () => {
  expect((await get('/health/live')).status).toBe(200);
  const response = await get('/health/ready');
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({
    status: 'not ready',
    notReady: ['orders', 'payments'],
    parts: { catalog: true, orders: false, payments: false },
  });
});

test('every link of the first page leads to a page', async () => {
  const page = await (await get('/')).text();
  const links = [...page.matchAll(/href="([^"]+)"/g)].map(([, href]) => String(href));
  expect(links.length).toBeGreaterThan(2);
  for (const link of links) expect([link, (await get(link)).status]).not.toEqual([link, 404]);
});

test('the first page may show its own style, and the icon that browsers ask for', async () => {
  const page = await get('/');
  const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(await page.text()) ?? [];
  const hash = createHash('sha256').update(style).digest('base64');
  expect(page.headers.get('content-security-policy')).toContain(`style-src 'sha256-${hash}'`);
  expect((await get('/favicon.ico')).headers.get('content-type')).toBe('image/svg+xml');
});

test.each([
  ['/docs/%E0%A4%A', 400],
  [`/media/${'x'.repeat(300)}/%ZZ`, 400],
])('a malformed URL gets a problem response: %s', async (path, status) => {
  const response = await get(path);
  expect([response.status, response.headers.get('content-type')]).toEqual([
    status,
    expect.stringContaining('application/problem+json'),
  ]);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(await response.json()).toMatchObject({ status, request_id: response.headers.get('x-request-id') });
});

test('an unknown address gets a problem response', async () => {
  const response = await get('/nothing');
  expect([response.status, response.headers.get('content-type')]).toEqual([
    404,
    'application/problem+json; charset=utf-8',
  ]);
  expect(await response.json()).toMatchObject({
    status: 404,
    detail: expect.stringMatching(/^There is nothing at GET \/nothing:/),
  });
});

test.each(['/', '/graphql', '/nothing', '/health/live', '/media/lamp.svg'])('%s has security headers', async (path) => {
  const { headers } = await get(path);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('x-powered-by')).toBeNull();
});

describe('/media', () => {
  test('is cached for ever, may be shown by any site, and runs no script', async () => {
    const { status, headers } = await get('/media/lamp.svg');
    expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(headers.get('content-security-policy')).toContain('sandbox');
  });

  test.each(['/media/nothing.png', '/media/', '/media/.secret', '/media/..%2f..%2fetc/passwd'])(
    '%s is not found',
    async (path) => {
      expect([403, 404]).toContain((await get(path)).status);
    },
  );
});

test('a close waits for running requests', async () => {
  const slow = Promise.withResolvers<{ data: { _entities: object[] } }>();
  const asked = Promise.withResolvers<void>();
  const closing = await startFixtureGateway({
    stock: {
      fetch: () => {
        asked.resolve();
        return slow.promise;
      },
      subscribe: () => Promise.reject(new Error('not here')),
    },
  });
  const answer = closing.graphql('{ product(id: "1") { available } }');
  await asked.promise;
  const closed = closing.app.close();
  slow.resolve({ data: { _entities: [{ available: 9 }] } });
  expect((await answer).body).toEqual({ data: { product: { available: 9 } } });
  await closed;
});
