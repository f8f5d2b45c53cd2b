import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { json } from 'node:stream/consumers';
import type { Data, Headers } from '../testing/graphql-client.ts';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from '../testing/test-souk.ts';
import type { Article } from '../testing/test-shop.ts';
import { DocumentedApi } from './testing/documented-api.ts';
import { callRest, type RestAnswer } from './testing/rest-client.ts';

const api = new DocumentedApi();
let installation: TestInstallation;
let souk: TestSouk;
let lamp: Article;
beforeAll(async () => {
  installation = await openInstallation();
  souk = await startTestSouk(installation);
  lamp = await souk.shop.offer({ north: 3, south: 0 });
  await souk.shop.offer({ north: 1, south: 1 });
  await souk.shop.offer({ north: 1, south: 1 });
});
afterEach(() => souk.lines.repair());
afterAll(async () => {
  await souk.stop();
  await installation.database.drop();
});

function get(path: string, headers: Headers = {}): Promise<RestAnswer> {
  return callRest(souk.url, 'GET', path, { headers });
}

function send(method: string, path: string, body?: unknown, headers: Headers = {}): Promise<RestAnswer> {
  return callRest(souk.url, method, path, { headers, body });
}

async function openCart(quantity = 1): Promise<Data> {
  const { body } = await send('POST', '/carts', { lines: [{ variantId: lamp.variantId, quantity }] });
  return body?.['data'];
}

/** Checks that a response has the form of RFC 9457. @returns the problem */
function problemOf({ status, headers, body }: RestAnswer): Data {
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(body).toMatchObject({
    type: expect.stringMatching(/^\/docs\/problems#[a-z-]+$/),
    title: expect.any(String),
    status,
    detail: expect.any(String),
    instance: expect.stringMatching(/^\/api\/v1/),
    request_id: headers.get('x-request-id'),
  });
  return body ?? {};
}

async function expectProblem(answered: Promise<RestAnswer>, status: number, error: Data): Promise<void> {
  const answer = await answered;
  expect(answer.status).toBe(status);
  expect(problemOf(answer)['errors'][0]).toMatchObject(error);
}

const slugOf = ({ name }: Article) => name.toLowerCase().replaceAll(' ', '-');
const product = () => `/products/${slugOf(lamp)}`;

/** Sends a request with an absolute URL in its request line. `fetch` would send only the path. */
function getAbsolute(target: string, headers: Headers): Promise<Data> {
  const { hostname, port } = new URL(souk.url);
  return new Promise((resolve, reject) => {
    httpRequest({ hostname, port, path: target, headers }, (response) => {
      resolve(json(response));
    })
      .on('error', reject)
      .end();
  });
}

describe('a success', () => {
  test('has a self link without the host of an absolute request target, because caches share the response', async () => {
    const path = `/api/v1${product()}`;
    const body = await getAbsolute(`http://evil.example${path}`, { 'x-tenant-id': souk.shop.tenantId });
    expect(body['_links'].self).toEqual({ href: path });
    expect(JSON.stringify(body)).not.toContain('evil.example');
  });

  test('is an envelope whose request id equals that of the header', async () => {
    const { status, headers, body } = await get(product());
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'success',
      data: { name: lamp.name },
      request_id: headers.get('x-request-id'),
    });
  });

  test('returns the correlation id of the request', async () => {
    const { headers } = await get(product(), { 'x-correlation-id': 'partner-17', 'accept-language': 'de' });
    expect(headers.get('x-correlation-id')).toBe('partner-17');
  });

  test('has plain lists in place of connections', async () => {
    const { body } = await get(product());
    expect(body?.['data'].variants).toMatchObject([{ sku: lamp.sku, availability: { quantity: 3 } }]);
  });

  test('of a creation has the address of the new resource in Location', async () => {
    const { status, headers, body } = await send('POST', '/carts', {});
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/api/v1/carts/${body?.['data'].id}`);
    expect((await get(`/carts/${body?.['data'].id}`)).status).toBe(200);
  });

  test('has links to the possible next steps', async () => {
    const cart = await openCart();
    const { body } = await get(`/carts/${cart['id']}`);
    expect(body?.['_links']).toMatchObject({
      self: { href: `/api/v1/carts/${cart['id']}` },
      checkout: { href: `/api/v1/carts/${cart['id']}/checkout`, method: 'POST' },
      lines: { href: `/api/v1/carts/${cart['id']}/lines`, method: 'PATCH' },
      'lines-add': { href: `/api/v1/carts/${cart['id']}/lines`, method: 'POST' },
      'shipping-methods': { href: `/api/v1/carts/${cart['id']}/shipping-methods` },
    });
  });
});

describe('a list', () => {
  test('has 50 items on a page, and states the limit in meta', async () => {
    expect((await get('/products')).body?.['meta']).toEqual({ limit: 50, cursor: null });
  });

  test('can be read to its end by cursors and by links, each item once', async () => {
    const first = await get('/products?limit=2');
    const second = await get(`/products?limit=2&cursor=${encodeURIComponent(first.body?.['meta'].cursor)}`);
    const names = [first, second].flatMap(({ body }) => body?.['data'].map(({ id }: Data) => id));
    expect(new Set(names).size).toBe(3);
    expect(second.body?.['meta'].cursor).toBeNull();
    const href = first.body?.['_links'].next.href;
    expect(first.headers.get('link')).toContain(`<${href}>; rel="next"`);
    const followed = await fetch(`${souk.url}${href}`);
    expect(((await followed.json()) as Data)['data']).toEqual(second.body?.['data']);
  });

  test('has a total only on request', async () => {
    expect((await get('/products?total=true&limit=1')).body?.['meta']).toMatchObject({ total: 3 });
  });

  test('can be filtered and sorted by parameters', async () => {
    const { body } = await get(`/products?skus=${lamp.sku}&sort=NAME:DESC&price[currencyCode]=EUR&price[min]=1`);
    expect(body?.['data'].map(({ name }: Data) => name)).toEqual([lamp.name]);
    expect((await get('/products?price[currencyCode]=EUR&price[min]=99999')).body?.['data']).toEqual([]);
  });

  test.each(['0', '201', '-1', 'all', '1.5', ''])('refuses the limit "%s", and names the range', async (limit) => {
    const message = expect.stringContaining('from 1 to 200');
    await expectProblem(get(`/products?limit=${limit}`), 400, { code: 'INVALID_PARAMETER', field: 'limit', message });
  });

  test('refuses an invalid cursor, by the name of the REST parameter', async () => {
    const answer = await get('/products?cursor=nonsense');
    expect(answer.status).toBe(400);
    expect(problemOf(answer)['errors'][0].message).toContain('`cursor` is not a cursor of this list');
  });

  test('refuses unknown parameters, and lists the known ones', async () => {
    const message = expect.stringMatching(/colour.*Known are limit, cursor/);
    await expectProblem(get('/products?colour=red'), 400, { code: 'UNKNOWN_PARAMETER', field: 'colour', message });
  });

  test('refuses a value outside of its enum', async () => {
    await expectProblem(get('/orders?status=LOST', souk.owner), 400, { code: 'INVALID_VALUE', field: 'status' });
  });
});

describe('a filter by attributes', () => {
  test('takes pairs of code and value, and a value of another attribute finds no product', async () => {
    const code = `material-${randomUUID().slice(0, 8)}`;
    const made = await send('POST', '/catalog/attributes', { code, name: 'Material' }, souk.owner);
    expect(made.status).toBe(201);
    const shown = await get(`/products/${slugOf(lamp)}`);
    const path = `/catalog/products/${shown.body?.['data'].id}`;
    const attributes = [{ code, values: ['Opal: glass'] }];
    expect((await send('PATCH', path, { attributes }, souk.owner)).body?.['errors']).toBeUndefined();
    const found = async (...pairs: readonly string[]) => {
      const { body } = await get(`/products?${pairs.map((pair) => `attribute=${encodeURIComponent(pair)}`).join('&')}`);
      return body?.['data'].map(({ name }: Data) => name);
    };
    expect(await found(`${code}:Opal: glass`)).toEqual([lamp.name]);
    expect(await found(`${code}:Cork`, `${code}:Opal: glass`)).toEqual([lamp.name]);
    expect(await found(`${code}:Cork`)).toEqual([]);
  });

  test('refuses a parameter without a colon, and shows the right form', async () => {
    const message = 'attribute must be a code and a value with a colon between them: attribute=code:value';
    await expectProblem(get('/products?attribute=Oak'), 400, {
      code: 'INVALID_PARAMETER',
      field: 'attribute',
      message,
    });
  });
});

describe('a path parameter', () => {
  const longest = api.routes.flatMap(({ operationId, method, path, parameters }) =>
    method === 'GET'
      ? parameters
          .filter((each) => each.in === 'path')
          .map(({ name, schema }) => [operationId, path, name, Number(schema?.maxLength)] as const)
      : [],
  );

  test.each(longest)('of %s (%s): %s may have the documented length %s', async (_id, path, _name, length) => {
    expect(length).toBeGreaterThan(0);
    const answer = await get(path.replaceAll(/\{\w+\}/g, 'x'.repeat(length)), souk.owner);
    expect([400, 404]).toContain(answer.status); // A text of that length is not an id. A slug of that length does not exist.
    expect(problemOf(answer)['errors'][0].code).toMatch(/^(NOT_FOUND|INVALID_VALUE)$/);
  });

  test('finds a product whose slug has the maximum length', async () => {
    const slug = `long-${'x'.repeat(250)}`;
    const product = { name: 'Long', slug, baseSku: 'LONG', status: 'PUBLISHED', variants: [] };
    const variants = [{ sku: `LONG-${randomUUID().slice(0, 8)}`, prices: [{ amount: '1.00', currencyCode: 'EUR' }] }];
    const made = await send('POST', '/catalog/products', { ...product, variants }, souk.owner);
    expect(made.status).toBe(201);
    expect(await get(`/products/${slug}`)).toMatchObject({ status: 200, body: { data: { slug } } });
    expect((await send('DELETE', `/catalog/products/${made.body?.['data'].id}`, undefined, souk.owner)).status).toBe(
      204,
    );
  });
});

describe('a resource with an entity tag', () => {
  test('returns 304 without a body until it changes', async () => {
    const cart = await openCart();
    const path = `/carts/${cart['id']}`;
    const etag = (await get(path)).headers.get('etag') ?? '';
    expect(await get(path, { 'if-none-match': etag })).toMatchObject({ status: 304, body: null });
    await send('POST', `${path}/lines`, { lines: [{ variantId: lamp.variantId, quantity: 1 }] });
    expect((await get(path, { 'if-none-match': etag })).status).toBe(200);
  });

  test('is changed at the version of If-Match, and returns 412 at another version', async () => {
    const cart = await openCart();
    const path = `/carts/${cart['id']}`;
    const etag = (await get(path)).headers.get('etag') ?? '';
    const line = { lines: [{ variantId: lamp.variantId, quantity: 1 }] };
    expect((await send('POST', `${path}/lines`, line, { 'if-match': etag })).status).toBe(200);
    await expectProblem(send('POST', `${path}/lines`, line, { 'if-match': etag }), 412, {
      code: 'VERSION_CONFLICT',
      field: 'If-Match',
      currentVersion: cart['version'] + 1,
    });
  });

  test("is changed by the tag of the previous change's response", async () => {
    const cart = await openCart();
    const path = `/carts/${cart['id']}`;
    const shippingAddress = { name: 'A', line1: 'B 1', city: 'C', postalCode: '10115', countryCode: 'DE' };
    const put = await send('PUT', `${path}/address`, { email: 'buyer@example.test', shippingAddress });
    const line = { lines: [{ lineId: cart['lines'][0].id, quantity: 2 }] };
    const ifMatch = { 'if-match': put.headers.get('etag') ?? '' };
    const patched = await send('PATCH', `${path}/lines`, line, ifMatch);
    expect(patched.status).toBe(200);
    expect(patched.headers.get('etag')).toMatch(new RegExp(`^"v${patched.body?.['data'].version}-`));
    await expectProblem(send('PATCH', `${path}/lines`, line, ifMatch), 412, { field: 'If-Match' });
  });

  test('is deleted without a body, whatever content type the request states', async () => {
    const statusOf = async (headers: Headers, body?: string) => {
      const cart = await openCart();
      const path = `${souk.url}/api/v1/carts/${cart['id']}/lines/${cart['lines'][0].id}`;
      const { status } = await fetch(path, { method: 'DELETE', headers, ...(body !== undefined && { body }) });
      return status;
    };
    expect(await statusOf({})).toBe(200);
    expect(await statusOf({ 'content-type': 'application/json' })).toBe(200);
    expect(await statusOf({ 'content-type': 'application/json' }, '{}')).toBe(200);
    expect(await statusOf({ 'content-type': 'application/json; charset=utf-8' }, '')).toBe(200);
    expect(await statusOf({ 'content-type': 'text/plain' })).toBe(200);
    expect(await statusOf({ 'content-type': 'application/json' }, '{"quantity":1}')).toBe(400);
  });

  test('returns 409 to an outdated version in the body', async () => {
    const cart = await openCart();
    const body = { lines: [{ variantId: lamp.variantId, quantity: 1 }], expectedVersion: 99 };
    await expectProblem(send('POST', `/carts/${cart['id']}/lines`, body), 409, {
      code: 'VERSION_CONFLICT',
      field: 'expectedVersion',
    });
  });

  test('is created once for an Idempotency-Key, and the key is refused with other input', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const first = await send('POST', '/carts', { currencyCode: 'EUR' }, headers);
    const again = await send('POST', '/carts', { currencyCode: 'EUR' }, headers);
    expect(again.body?.['data'].id).toBe(first.body?.['data'].id);
    const other = send('POST', '/carts', { lines: [{ variantId: lamp.variantId, quantity: 1 }] }, headers);
    await expectProblem(other, 409, { code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  test('refuses If-Match on routes without a version check', async () => {
    await expectProblem(send('POST', '/carts', {}, { 'if-match': '"v1"' }), 400, { field: 'If-Match' });
  });
});

describe('a refusal', () => {
  test('of an unknown resource is a 404', async () => {
    await expectProblem(get('/products/no-such-product'), 404, { code: 'NOT_FOUND' });
    await expectProblem(get(`/carts/${randomUUID()}`), 404, { code: 'NOT_FOUND' });
    const lines = { lines: [{ variantId: lamp.variantId, quantity: 1 }] };
    await expectProblem(send('POST', `/carts/${randomUUID()}/lines`, lines), 404, {
      code: 'NOT_FOUND',
      field: 'cartId',
    });
  });

  test('of an unknown route names the page that lists the routes', async () => {
    await expectProblem(get('/nothing'), 404, { code: 'ROUTE_NOT_FOUND', message: expect.stringContaining('/docs') });
  });

  test('has the same form outside of /api/v1', async () => {
    const response = await fetch(`${souk.url}/nothing?secret=1`);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      404,
      expect.stringMatching(/^application\/problem\+json/),
    ]);
    const inside = await get('/nothing');
    const outside = (await response.json()) as Data;
    expect(Object.keys(outside)).toEqual(Object.keys(inside.body ?? {}));
    expect(outside).toMatchObject({ instance: '/nothing', errors: [{ code: 'ROUTE_NOT_FOUND', field: null }] });
    expect(JSON.stringify(outside)).not.toContain('secret');
  });

  test('of too many units is a 409 with the available number', async () => {
    const cart = await openCart(50);
    const path = `/carts/${cart['id']}`;
    const shippingAddress = { name: 'A', line1: 'B 1', city: 'C', postalCode: '10115', countryCode: 'DE' };
    const addressed = await send('PUT', `${path}/address`, { email: 'buyer@example.test', shippingAddress });
    const shippingMethodId = addressed.body?.['data'].shippingMethods[0].id;
    await send('PUT', `${path}/shipping-method`, { shippingMethodId });
    const checkout = send('POST', `${path}/checkout`, { payment: { provider: 'TEST', token: 'tok_visa' } });
    await expectProblem(checkout, 409, { code: 'INSUFFICIENT_STOCK', available: 3, variantId: lamp.variantId });
  });

  test('of an anonymous caller is a 401, and of a caller without the right a 403', async () => {
    const answer = await get('/orders');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    const message = expect.stringContaining('POST /api/v1/auth/login');
    await expectProblem(Promise.resolve(answer), 401, { code: 'UNAUTHENTICATED', message });
    await expectProblem(get('/orders', { authorization: 'Bearer x' }), 401, { code: 'UNAUTHENTICATED', message });
    const { tenantId } = souk.shop;
    await expectProblem(get('/products', { ...souk.rival, 'x-tenant-id': tenantId }), 403, { code: 'TENANT_MISMATCH' });
  });

  test('of wrong credentials is a 401', async () => {
    const login = send('POST', '/auth/login', { email: 'unknown@shop.test', password: 'wrong' });
    await expectProblem(login, 401, { code: 'INVALID_CREDENTIALS' });
  });

  test('of a body names every wrong field, by its REST name', async () => {
    const cart = await openCart();
    const answer = await send('POST', `/carts/${cart['id']}/lines`, {
      lines: [{ variantId: 1.5, quantity: 'two', colour: 'red' }],
    });
    expect(answer.status).toBe(400);
    const errors = problemOf(answer)['errors'].map(({ code, field }: Data) => `${code} ${field}`);
    expect(errors).toEqual(expect.arrayContaining(['INVALID_VALUE lines.0.quantity', 'UNKNOWN_FIELD lines.0.colour']));
    await expectProblem(send('POST', `/carts/${cart['id']}/lines`, {}), 400, { code: 'MISSING_FIELD', field: 'lines' });
    const single = send('PATCH', `/carts/${cart['id']}/lines/${randomUUID()}`, {});
    await expectProblem(single, 400, { code: 'MISSING_FIELD', field: 'quantity' });
  });

  test('of a body field that the address already states is MISPLACED_FIELD', async () => {
    const cart = await openCart();
    const body = { cartId: cart['id'], lines: [] };
    await expectProblem(send('POST', `/carts/${cart['id']}/lines`, body), 400, {
      code: 'MISPLACED_FIELD',
      field: 'cartId',
    });
  });

  test('names fields by the names of a route whose input consists of variables', async () => {
    const cart = await openCart();
    const unknown = send('PATCH', `/carts/${cart['id']}/lines/${randomUUID()}`, { quantity: 1 });
    await expectProblem(unknown, 404, { code: 'NOT_FOUND', field: 'lineId' });
  });

  test('of a body that is not JSON is a 415, and of broken JSON a 400', async () => {
    const xml = { method: 'POST', headers: { 'content-type': 'text/xml' }, body: '<cart/>' };
    expect((await fetch(`${souk.url}/api/v1/carts`, xml)).status).toBe(415);
    await expectProblem(send('POST', '/carts', '{"lines": ['), 400, { code: 'BAD_REQUEST' });
    await expectProblem(send('POST', '/carts', '[]'), 400, { code: 'INVALID_BODY' });
  });

  test('of an Accept without JSON is a 406', async () => {
    expect((await get('/products', { accept: 'text/html' })).status).toBe(406);
  });

  test('is in the envelope for a client that accepts application/json alone', async () => {
    const { status, headers, body } = await get('/products?limit=0', { accept: 'application/json' });
    expect(status).toBe(400);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(body).toEqual({
      status: 'error',
      data: null,
      errors: [{ code: 'INVALID_PARAMETER', field: 'limit', message: expect.any(String) }],
      request_id: headers.get('x-request-id'),
    });
  });
});

describe('a cached response for anonymous callers', () => {
  test('has a new request id each time, and the same tag', async () => {
    const answers = [await get('/categories'), await get('/categories')];
    const [first, second] = answers.map(({ headers, body }) => ({
      tag: headers.get('etag'),
      id: body?.['request_id'],
    }));
    expect(second?.tag).toBe(first?.tag);
    expect(second?.id).not.toBe(first?.id);
    expect(answers.map(({ headers }) => headers.get('cache-control'))).toEqual([
      expect.stringContaining('public'),
      expect.stringContaining('public'),
    ]);
  });

  test('is not returned to a user who is logged in', async () => {
    const { headers } = await get('/categories', souk.owner);
    expect(headers.get('cache-control')).toBe('private, no-cache');
  });
});

describe('methods', () => {
  test('that a path lacks return 405 with the existing methods in Allow', async () => {
    const answer = await send('DELETE', '/carts');
    expect(answer.headers.get('allow')).toBe('POST, OPTIONS');
    await expectProblem(Promise.resolve(answer), 405, { code: 'METHOD_NOT_ALLOWED' });
  });

  test('are listed by OPTIONS', async () => {
    const answer = await send('OPTIONS', '/products');
    expect(answer).toMatchObject({ status: 204, body: null });
    expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    expect(answer.headers.get('access-control-allow-headers')).toContain('X-Order-Access-Token');
  });

  test('include HEAD, which is a GET without its body', async () => {
    const answer = await send('HEAD', product());
    expect(answer).toMatchObject({ status: 200, body: null });
    expect(answer.headers.get('etag')).toMatch(/^"v\d+-/);
  });
});

describe('a subgraph that cannot be reached', () => {
  const down = () => {
    throw new Error('connect ECONNREFUSED 10.0.0.7');
  };

  test('makes a response partial, and the response is not cached', async () => {
    const path = `${product()}`;
    souk.lines.cut('inventory', down);
    const { status, headers, body } = await get(path, souk.owner);
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'partial', data: { variants: [{ availability: null }] } });
    expect(body?.['errors'][0]).toMatchObject({ code: expect.any(String), message: expect.any(String) });
    expect(headers.get('etag')).toBeNull();
    expect(headers.get('cache-control')).toContain('no-store');
  });

  test('leads to a 5xx without the cause when the response has no data', async () => {
    souk.lines.cut('orders', down);
    const answer = await get('/orders', souk.owner);
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(JSON.stringify(problemOf(answer))).not.toContain('ECONNREFUSED');
  });
});

describe('the reference', () => {
  test('has a section for each problem, and all its links work', async () => {
    const text = await (await fetch(`${souk.url}/docs/problems`)).text();
    expect(text).toContain('id="insufficient-stock"');
    const targets = [...text.matchAll(/ href="([^"]+)"/g)].map(([, target = '']) => target);
    expect(targets).toContain('/docs');
    for (const target of targets) expect([target, (await fetch(`${souk.url}${target}`)).status]).toEqual([target, 200]);
  });

  test('is linked from the first page', async () => {
    expect(await (await fetch(`${souk.url}/`)).text()).toContain('href="/docs"');
  });
});

test('an address with a broken escape sequence is a 400', async () => {
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const url = new URL(souk.url);
    const options = { host: url.hostname, port: url.port, path: '/api/v1/products/%ZZ' };
    httpRequest(options, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });
  expect(status).toBe(400);
});
