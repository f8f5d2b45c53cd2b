import { afterEach, describe, expect, test } from '@jest/globals';
import { FIXTURE_TENANTS, startFixtureGateway, type FixtureGateway } from '../testing/fixture-gateway.ts';
import type { GatewayOptions } from '../gateway-options.ts';
import { OTHER_TENANT, TENANT } from '../testing/fixture-identity.ts';
import { rawSocket } from '../testing/raw-socket.ts';
import { MemoryRateLimitStore } from './rates/memory-rate-limit-store.ts';
import { DEFAULT_RATES, type RateOptions } from './rates/rate-options.ts';
import { shopFixture } from './testing/shop-fixture.ts';

let gateway: FixtureGateway;
let nowMs = 600_000;
afterEach(() => gateway.app.close());

const A_MINUTE = 60_000;
const LOGIN = {
  name: 'login',
  fields: { 'Mutation.login': 'input.email' },
  countsSuccesses: false,
  perAccount: { limit: 3, windowMs: A_MINUTE },
  perAddress: { limit: 6, windowMs: A_MINUTE },
};

async function start(rates: Partial<RateOptions> | null, options: Partial<GatewayOptions> = {}): Promise<void> {
  const store = new MemoryRateLimitStore({ now: () => nowMs });
  gateway = await startFixtureGateway({
    ...shopFixture(),
    tenants: { ...FIXTURE_TENANTS, planOf: async (id) => (id === OTHER_TENANT ? 'BIG' : 'SMALL') },
    rates: rates && { ...DEFAULT_RATES, plans: { SMALL: 3, BIG: 100 }, store, ...rates },
    ...options,
  });
}

const bearer = async (tenantId = TENANT, scope = 'orders:read', userId?: string) => ({
  authorization: `Bearer ${await gateway.identity.token({ tenantId, scope, ...(userId !== undefined && { userId }) })}`,
});
const lamps = (headers: Readonly<Record<string, string>> = {}) =>
  gateway.graphql('{ lamps { nodes { name } } }', headers);
const statuses = async (times: number, send: () => Promise<{ readonly status: number }>) => {
  const seen: number[] = [];
  for (let n = 0; n < times; n += 1) seen.push((await send()).status);
  return seen;
};

describe('requests', () => {
  test("of a tenant's staff count together, by its plan, and the next one gets Retry-After", async () => {
    await start({});
    const [owner, clerk] = [await bearer(), await bearer(TENANT, 'stock:read', '44444444-4444-4444-8444-444444444444')];
    const first = await lamps(owner);
    expect([first.headers.get('ratelimit'), first.headers.get('ratelimit-policy')]).toEqual([
      '"tenant";r=2',
      '"tenant";q=3;w=60',
    ]);
    expect(await statuses(2, () => lamps(clerk))).toEqual([200, 200]);
    const refused = await lamps(owner);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('ratelimit')).toBe(`"tenant";r=0;t=${refused.headers.get('retry-after')}`);
    expect(refused.body.errors).toMatchObject([
      {
        message: expect.stringMatching(/plan SMALL.*more than 3 requests in a minute: try again in \d+ s/),
        extensions: { code: 'RATE_LIMITED', limit: 'tenant', retryAfterSeconds: expect.any(Number) },
      },
    ]);
    nowMs += Number(refused.headers.get('retry-after')) * 1000;
    expect((await lamps(owner)).status).toBe(200);
    expect(gateway.gateway.refusalCounts()).toEqual({ tenant: 1 });
  });

  test('of a busy tenant lock out neither its buyers nor another tenant', async () => {
    await start({});
    const owner = await bearer();
    expect(await statuses(4, () => lamps(owner))).toEqual([200, 200, 200, 429]);
    expect((await lamps()).status).toBe(200);
    expect((await lamps(await bearer(TENANT, ''))).status).toBe(200); // signed in, but not staff
    expect((await lamps(await bearer(OTHER_TENANT))).status).toBe(200);
  });

  test('without a token are counted by their address, together with requests that were refused for their claims', async () => {
    await start({ addressPerMinute: 2 });
    expect((await lamps({ authorization: 'Bearer nonsense' })).status).toBe(401);
    expect(await statuses(2, () => lamps())).toEqual([200, 429]);
    expect((await lamps({ authorization: 'Bearer nonsense' })).status).toBe(429);
    expect((await lamps(await bearer())).status).toBe(200);
  });

  test('an unknown plan has the rate `otherPlan`', async () => {
    await start({ plans: {}, otherPlan: 1 });
    const owner = await bearer();
    expect(await statuses(2, () => lamps(owner))).toEqual([200, 429]);
  });

  test('over a socket are counted by operation', async () => {
    await start({ addressPerMinute: 2 });
    const socket = await rawSocket(gateway.url, { init: {} });
    const answers: unknown[] = [];
    for (const id of ['1', '2', '3']) {
      socket.send({ id, type: 'subscribe', payload: { query: '{ lamps { nodes { name } } }' } });
      answers.push(await socket.next());
      if (id !== '3') await socket.next(); // complete
    }
    expect(answers).toMatchObject([
      { id: '1', type: 'next' },
      { id: '2', type: 'next' },
      { id: '3', type: 'error', payload: [{ extensions: { code: 'RATE_LIMITED', limit: 'address' } }] },
    ]);
    socket.socket.terminate();
  });
});

describe('shoppers', () => {
  const CARTS = { 'Query.cart': 'id', 'Mutation.cartLinesAdd': 'input.cartId' };
  const add = (cartId: string, headers: Readonly<Record<string, string>> = {}) =>
    gateway.graphql('mutation ($input: CartLinesAddInput!) { cartLinesAdd(input: $input) { id } }', headers, {
      input: { cartId },
    });

  test('one cart reaches its limit, and other carts at the same address do not', async () => {
    await start({ carts: CARTS, shopperPerMinute: 3 });
    expect(await statuses(3, () => add('a'))).toEqual([200, 200, 200]);
    const refused = await gateway.graphql('{ cart(id: "A") { id } }');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^\d+$/)]);
    expect((await add('b')).status).toBe(200);
    expect((await add('a', await bearer(OTHER_TENANT))).status).toBe(200); // staff count with their tenant
  });

  test('the aliases of one operation each count', async () => {
    await start({ carts: CARTS, shopperPerMinute: 3 });
    const four = 'abcd'.split('').map((alias) => `${alias}: cart(id: "a") { id }`);
    expect((await gateway.graphql(`{ ${four.join(' ')} }`)).status).toBe(429);
    expect((await gateway.graphql(`{ ${four.slice(1).join(' ')} }`)).status).toBe(200);
  });

  test('a refused operation on one cart counts neither on another cart nor on the account', async () => {
    await start({ carts: CARTS, shopperPerMinute: 2 });
    const shopper = await bearer(TENANT, '');
    const three = ['x: cart(id: "b") { id }', ...'cde'.split('').map((alias) => `${alias}: cart(id: "a") { id }`)];
    const ask = () => gateway.graphql(`{ ${three.join(' ')} }`, shopper);
    expect(await statuses(3, ask)).toEqual([429, 429, 429]);
    expect(await statuses(3, () => add('b', shopper))).toEqual([200, 200, 429]);
  });

  test('a signed-in shopper is counted from every address together', async () => {
    await start({ shopperPerMinute: 2 });
    const shopper = await bearer(TENANT, '');
    expect(await statuses(3, () => lamps(shopper))).toEqual([200, 200, 429]);
  });
});

describe('logins', () => {
  const login = (email: string, password: string) =>
    gateway.graphql(
      'mutation ($input: LoginInput!) { login(input: $input) { accessToken } }',
      {},
      { input: { email, password } },
    );

  test('wrong ones on one account are limited, whatever the case of its letters', async () => {
    await start({ sensitive: [LOGIN] });
    expect(await statuses(3, () => login('a@b.test', 'wrong'))).toEqual([200, 200, 200]);
    const refused = await login(' A@B.test ', 'right');
    expect(refused.status).toBe(429);
    expect(refused.body.errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED', limit: 'login-account' } }]);
    expect((await login('c@d.test', 'wrong')).status).toBe(200);
    nowMs += 2 * A_MINUTE;
    expect((await login('a@b.test', 'right')).status).toBe(200);
  });

  test('right ones do not count, so a whole office may log in at the same hour', async () => {
    await start({ sensitive: [LOGIN] });
    expect(await statuses(10, () => login('a@b.test', 'right'))).toEqual(Array.from({ length: 10 }, () => 200));
  });

  test('wrong ones on many accounts are limited by their address', async () => {
    await start({ sensitive: [LOGIN] });
    let n = 0;
    expect(await statuses(7, () => login(`${n++}@b.test`, 'wrong'))).toEqual([200, 200, 200, 200, 200, 200, 429]);
    expect(gateway.gateway.refusalCounts()).toEqual({ 'login-address': 1 });
  });

  const aliased = (count: number, email: (n: number) => string) =>
    gateway.graphql(
      `mutation { ${Array.from(
        { length: count },
        (_, n) => `l${n}: login(input: { email: "${email(n)}", password: "${n}" }) { accessToken }`,
      ).join(' ')} }`,
    );

  test('twenty in one request count as twenty: none of them runs, and none is counted', async () => {
    await start({ sensitive: [LOGIN] });
    const { status, body } = await aliased(20, () => 'a@b.test');
    expect([status, body.data]).toEqual([429, undefined]);
    expect((await login('a@b.test', 'right')).status).toBe(200);
    expect(await statuses(4, () => login('a@b.test', 'wrong'))).toEqual([200, 200, 200, 429]);
  });

  test('that exceed the limit of their address are not counted on their accounts', async () => {
    await start({ sensitive: [{ ...LOGIN, perAccount: { limit: 1, windowMs: A_MINUTE } }] });
    expect((await aliased(7, (n) => `${n}@b.test`)).status).toBe(429);
    expect((await login('0@b.test', 'wrong')).status).toBe(200);
  });

  test('that are refused for their cost do not count as attempts', async () => {
    await start({ sensitive: [LOGIN] }, { cost: { maximum: 150 } });
    expect(await statuses(4, () => aliased(2, () => 'a@b.test'))).toEqual([400, 400, 400, 400]);
    expect((await login('a@b.test', 'right')).status).toBe(200);
  });

  test('are limited over sockets too', async () => {
    await start({ sensitive: [{ ...LOGIN, perAccount: { limit: 1, windowMs: A_MINUTE } }] });
    const query = 'mutation { login(input: { email: "a@b.test", password: "wrong" }) { accessToken } }';
    await gateway.graphql(query);
    const socket = await rawSocket(gateway.url, { init: {} });
    socket.send({ id: '1', type: 'subscribe', payload: { query } });
    expect(await socket.next()).toMatchObject({
      payload: [{ extensions: { limit: 'login-account', retryAfterSeconds: expect.any(Number) } }],
    });
    socket.socket.terminate();
  });
});

describe('cost', () => {
  const nested = (first: number) =>
    gateway.graphql(
      'query ($first: Int!) { lamps(first: $first) { nodes { bulbs(first: $first) { nodes { name } } } } }',
      {},
      { first },
    );

  test('above the maximum is refused before anything runs, with the number and the remedy', async () => {
    await start(null, { cost: { maximum: 1000 } });
    expect((await nested(20)).status).toBe(200);
    const { status, body } = await nested(100);
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([
      {
        message: expect.stringMatching(
          /Most of it is lamps\(first: 100\) > bulbs\(first: 100\): give one of these a smaller `first` \(.+\), or send several operations$/,
        ),
        extensions: { code: 'OPERATION_TOO_LARGE', limit: 'cost', actual: 1 + 100 * 102, maximum: 1000 },
      },
    ]);
    expect(gateway.gateway.refusalCounts()).toEqual({ cost: 1 });
  });

  test('is reported with the points left, and returns to the budget over time', async () => {
    const addressBudget = { capacity: 1000, restoredPerSecond: 10 };
    await start({ addressBudget }, { cost: { report: true } });
    const { body } = await nested(20);
    expect(body.extensions).toEqual({
      cost: { requested: 441, maximum: 25_000, remaining: 559, capacity: 1000, restoredPerSecond: 10 },
    });
    await nested(20);
    const refused = await nested(20);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '33']);
    expect(refused.body.errors).toMatchObject([
      {
        extensions: {
          code: 'RATE_LIMITED',
          limit: 'cost',
          retryAfterSeconds: 33,
          cost: { requested: 441, remaining: 118 },
        },
      },
    ]);
    nowMs += 33_000;
    expect((await nested(20)).status).toBe(200);
  });

  test('is not in an answer to a GET, which caches may serve to other callers', async () => {
    gateway = await startFixtureGateway({ cost: { report: true } });
    const query = '{ shelf { name } }';
    const response = await fetch(`${gateway.url}/graphql?query=${encodeURIComponent(query)}`, {
      headers: { 'apollo-require-preflight': 'true' },
    });
    expect(response.headers.get('cache-control')).toContain('public');
    expect(await response.json()).toEqual({ data: { shelf: { name: 'Lamps' } } });
    const { body } = await gateway.graphql('{ shelf { id } }');
    expect(body.extensions).toEqual({ cost: { requested: 1, maximum: 25_000 } });
  });

  test('of one user does not reduce the budget of another user', async () => {
    await start({ staffPointsPerRequest: 5, plans: { SMALL: 100 } });
    const query = '{ lamps(first: 400) { nodes { name } } }';
    const [one, other] = [await bearer(), await bearer(TENANT, 'a', '44444444-4444-4444-8444-444444444444')];
    expect(await statuses(2, () => gateway.graphql(query, one))).toEqual([200, 429]);
    expect((await gateway.graphql(query, other)).status).toBe(200);
  });

  test("budgets of staff grow with the tenant's plan", async () => {
    await start({ staffPointsPerRequest: 100, plans: { SMALL: 3, BIG: 6 } });
    const query = '{ lamps(first: 298) { nodes { name } } }'; // 299 points
    const [small, big] = [await bearer(), await bearer(OTHER_TENANT)];
    expect(await statuses(2, () => gateway.graphql(query, small))).toEqual([200, 429]);
    expect(await statuses(3, () => gateway.graphql(query, big))).toEqual([200, 200, 429]);
    nowMs += A_MINUTE;
    expect((await gateway.graphql(query, small)).status).toBe(200);
  });

  test('of one signed-in shopper does not reduce the budget of another', async () => {
    await start({ userBudget: { capacity: 500, restoredPerSecond: 1 } });
    const query = '{ lamps(first: 400) { nodes { name } } }';
    const [one, other] = [await bearer(TENANT, ''), await bearer(TENANT, '', '44444444-4444-4444-8444-444444444444')];
    expect(await statuses(2, () => gateway.graphql(query, one))).toEqual([200, 429]);
    expect((await gateway.graphql(query, other)).status).toBe(200);
  });

  test('cannot be calculated without a required list length', async () => {
    await start(null);
    const { status, body } = await gateway.graphql('{ slices { name } }');
    expect([status, body.errors?.[0]?.message]).toEqual([
      400,
      expect.stringContaining('Query.slices takes exactly one'),
    ]);
  });

  test('is not calculated without a limit', async () => {
    await start(null, { cost: null });
    expect((await nested(100_000)).status).toBe(200);
  });
});
