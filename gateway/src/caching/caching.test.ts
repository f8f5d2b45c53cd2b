import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { buildSchema, parse } from 'graphql';
import { operationContext } from '@souk/engine/operation';
import { DEFAULT_RATES } from '../limits/rates/rate-options.ts';
import { startFixtureGateway, type FixtureGateway } from '../testing/fixture-gateway.ts';
import { OTHER_TENANT, TENANT } from '../testing/fixture-identity.ts';
import { readCacheHints, cachePolicy } from '@souk/engine/caching';

const SDL = `
  directive @cacheControl(maxAge: Int, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT | INTERFACE
  type Query { product: Product, products: Products, viewer: Viewer, time: String, today: String @cacheControl(maxAge: 5) }
  type Products @cacheControl(inheritMaxAge: true) { nodes: [Product!]!, totalCount: Int! }
  type Product @cacheControl(maxAge: 60) { name: String! price: Money stock: Stock brand: Brand live: String @cacheControl(maxAge: 0) }
  type Brand @cacheControl(maxAge: 30) { name: String! products: [Product!]! }
  type Money @cacheControl(inheritMaxAge: true) { amount: String! }
  type Stock { quantity: Int! }
  type Viewer { name: String! }
  type Mutation { rename: Product }
`;
const schema = buildSchema(SDL);
const hints = readCacheHints(parse(SDL));

function policyOf(text: string) {
  const context = operationContext(schema, parse(text), null);
  if (!context) throw new Error('no operation');
  return cachePolicy(context, hints);
}

const NEVER = { maxAgeSeconds: 0, types: [] };

describe('how long an answer may be kept', () => {
  test.each([
    ['{ product { name } }', 60, ['Product']],
    ['{ product { name price { amount } } }', 60, ['Product']],
    ['{ products { totalCount nodes { name } } }', 60, ['Product']],
    ['{ product { brand { name } } }', 30, ['Brand', 'Product']],
    [
      '{ product { ...P } today } fragment P on Product { __typename name ... { brand { name } } }',
      5,
      ['Brand', 'Product'],
    ],
  ])('as long as its shortest field: %s', (text, maxAgeSeconds, types) => {
    expect(policyOf(text)).toEqual({ maxAgeSeconds, types });
  });

  test.each([
    ['a root field without a hint', '{ time }'],
    ['an object without a hint', '{ product { name stock { quantity } } }'],
    ['an object without a hint in a fragment', '{ product { ...P } } fragment P on Product { stock { quantity } }'],
    ['a field with maxAge 0', '{ product { name live } }'],
    ['one uncacheable field of several', '{ product { name } viewer { name } }'],
    ['a list without a hint', '{ products { totalCount } }'],
    ['introspection', '{ product { name } __schema { types { name } } }'],
    ['a mutation', 'mutation { rename { name } }'],
  ])('not at all: %s', (_what, text) => {
    expect(policyOf(text)).toEqual(NEVER);
  });
});

describe('answers to callers without a token', () => {
  let gateway: FixtureGateway;
  let nowMs = 1_700_000_000_000;
  const clock = { now: () => new Date(nowMs) };
  const QUERY = '{ shelf { id name } }';
  const ask = (headers?: Readonly<Record<string, string>>) => gateway.graphql(QUERY, headers);
  const reads = () => gateway.world.ran.filter((each) => each === 'shelf').length;

  beforeAll(async () => {
    gateway = await startFixtureGateway({ clock });
  });
  afterAll(() => gateway.app.close());
  beforeEach(async () => {
    gateway.world.ran.length = 0;
    await gateway.gateway.invalidate(TENANT, ['Shelf']);
  });

  test('are made once, with their age and their types in headers', async () => {
    await ask();
    nowMs += 7000;
    const { body, headers } = await ask();
    expect(body).toEqual({ data: { shelf: { id: 's1', name: 'Lamps' } } });
    expect(reads()).toBe(1);
    expect(Object.fromEntries(headers)).toMatchObject({
      age: '7',
      'cache-control': 'public, max-age=0, must-revalidate',
      'cdn-cache-control': 'public, max-age=60',
      'surrogate-key': `${TENANT} ${TENANT}:Shelf`,
      vary: expect.stringContaining('Authorization'),
    });
  });

  test('are made again when an object in them has changed', async () => {
    await ask();
    await gateway.gateway.invalidate(OTHER_TENANT, ['Shelf']);
    await gateway.gateway.invalidate(TENANT, ['Product']);
    await ask();
    expect(reads()).toBe(1);
    await gateway.gateway.invalidate(TENANT, ['Shelf']);
    await ask();
    expect(reads()).toBe(2);
  });

  test('are not kept when an object in them changes while they are made', async () => {
    gateway.world.onShelf = () => gateway.gateway.invalidate(TENANT, ['Shelf']);
    await ask();
    gateway.world.onShelf = async () => undefined;
    await ask();
    expect(reads()).toBe(2);
  });

  test('are not shared with another tenant, language or sales channel, nor with a request for a new answer', async () => {
    await ask();
    await ask({ 'x-tenant-id': OTHER_TENANT });
    await ask({ 'accept-language': 'de' });
    const { headers } = await ask({ 'x-channel': 'wholesale' });
    await ask({ 'cache-control': 'no-cache' });
    expect(reads()).toBe(5);
    expect(headers.get('vary')).toContain('X-Channel');
  });

  test('are not shared with signed-in callers', async () => {
    const authorization = `Bearer ${await gateway.identity.token({ expiresInSeconds: 10 * 365 * 86_400 })}`;
    await ask();
    const { headers } = await ask({ authorization });
    expect([reads(), headers.get('cache-control')]).toEqual([2, 'private, no-store']);
  });

  test('with errors, and without permission to be cached, are made each time', async () => {
    const open = await gateway.graphql('{ products { id } }');
    expect(open.headers.get('cache-control')).toBe('no-store');
    const half = await gateway.graphql('{ shelf { id } refuse }');
    expect(half.headers.get('cache-control')).toBe('no-store');
  });

  test('are a 304 for clients that have them already', async () => {
    const get = (headers: Readonly<Record<string, string>> = {}) =>
      fetch(`${gateway.url}/graphql?query=${encodeURIComponent(QUERY)}`, {
        headers: { 'apollo-require-preflight': 'yes', ...headers },
      });
    const etag = (await get()).headers.get('etag');
    const second = await get({ 'if-none-match': String(etag) });
    expect([second.status, await second.text(), reads()]).toEqual([304, '', 1]);
    const several = await get({ 'if-none-match': `"older", ${etag}` });
    expect(several.status).toBe(304);
  });

  test('have no rate-limit headers: a cache would send them to other callers', async () => {
    const limited = await startFixtureGateway({ rates: DEFAULT_RATES });
    const kept = await limited.graphql(QUERY);
    const single = await limited.graphql('{ products { id } }');
    await limited.app.close();
    expect([kept, single].map(({ headers }) => headers.get('ratelimit'))).toEqual([null, expect.any(String)]);
    expect(kept.headers.get('ratelimit-policy')).toBeNull();
    expect(kept.headers.get('cdn-cache-control')).toBe('public, max-age=60');
  });

  test('are made anew while the store is away', async () => {
    const away = () => Promise.reject(new Error('Connection is closed.'));
    const alone = await startFixtureGateway({ responseStore: { get: away, set: away, epoch: away, invalidate: away } });
    const { body, headers } = await alone.graphql(QUERY);
    await alone.app.close();
    expect([body.data, headers.get('cache-control')]).toEqual([{ shelf: { id: 's1', name: 'Lamps' } }, 'no-store']);
  });

  test('are not cached for a mutation', async () => {
    await gateway.graphql('mutation { ping }');
    await gateway.graphql('mutation { ping }');
    expect(gateway.world.ran.filter((each) => each === 'ping')).toHaveLength(2);
  });
});
