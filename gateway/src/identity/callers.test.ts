import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SubgraphUnavailableError } from '@souk/engine/subgraphs';
import {
  FIXTURE_CHANNELS,
  FIXTURE_TENANTS,
  startFixtureGateway,
  type FixtureGateway,
} from '../testing/fixture-gateway.ts';
import { OTHER_TENANT, TENANT } from '../testing/fixture-identity.ts';

let gateway: FixtureGateway;
beforeAll(async () => {
  gateway = await startFixtureGateway();
});
afterAll(() => gateway.app.close());

const CONTEXT = '{ context { tenantId actor requestId correlationId locale channelId } }';

async function contextFor(headers: Record<string, string>) {
  return (await gateway.graphql(CONTEXT, headers)).body.data?.['context'];
}

async function refusalOf(headers: Record<string, string>) {
  const { status, body } = await gateway.graphql(CONTEXT, headers);
  return { status, code: body.errors?.[0]?.extensions?.['code'], message: body.errors?.[0]?.message, data: body.data };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('the sales channel', () => {
  test('is that of the header, in any case, and without a header the default', async () => {
    const authorization = `Bearer ${await gateway.identity.token()}`;
    const channels = await Promise.all([
      contextFor({ 'x-channel': 'Wholesale' }),
      contextFor({ authorization, 'x-channel': 'wholesale' }),
      contextFor({}),
    ]);
    const { web, wholesale } = FIXTURE_CHANNELS;
    expect(channels).toMatchObject([{ channelId: wholesale }, { channelId: wholesale }, { channelId: web }]);
  });

  test('is absent in a shop without channels', async () => {
    expect(await contextFor({ 'x-tenant-id': OTHER_TENANT })).toMatchObject({ channelId: null });
  });

  test('must be one of the shop', async () => {
    expect(await refusalOf({ 'x-channel': 'nowhere' })).toEqual({
      status: 404,
      code: 'CHANNEL_NOT_FOUND',
      message:
        'X-Channel "nowhere" is no active channel of this shop. Send the code of an active channel, or leave the header out for the default channel.',
      data: undefined,
    });
    expect(await refusalOf({ 'x-tenant-id': OTHER_TENANT, 'x-channel': 'web' })).toMatchObject({ status: 404 });
  });

  test('does not stop requests without the header while the channels cannot be read', async () => {
    const channelOf = async () => Promise.reject(new SubgraphUnavailableError('UNREACHABLE', 'no catalog'));
    const broken = await startFixtureGateway({ channels: { channelOf } });
    try {
      const { body } = await broken.graphql(CONTEXT);
      expect(body.data?.['context']).toMatchObject({ channelId: null });
      expect(await broken.graphql(CONTEXT, { 'x-channel': 'web' })).toMatchObject({ status: 503 });
    } finally {
      await broken.app.close();
    }
  });
});

describe('the tenant', () => {
  test('is the tenant of the token, whatever the host', async () => {
    const token = await gateway.identity.token({ tenantId: OTHER_TENANT });
    expect(await contextFor(bearer(token))).toMatchObject({ tenantId: OTHER_TENANT, actor: 'user' });
  });

  test('may be repeated in the header, in any case', async () => {
    const token = await gateway.identity.token();
    expect(await contextFor({ ...bearer(token), 'x-tenant-id': TENANT.toUpperCase() })).toMatchObject({
      tenantId: TENANT,
    });
  });

  test('cannot be changed by the header', async () => {
    const token = await gateway.identity.token();
    expect(await refusalOf({ ...bearer(token), 'x-tenant-id': OTHER_TENANT })).toMatchObject({
      status: 403,
      code: 'TENANT_MISMATCH',
      data: undefined,
    });
  });

  test('of a shopper is the tenant of the header', async () => {
    expect(await contextFor({ 'x-tenant-id': OTHER_TENANT })).toMatchObject({
      tenantId: OTHER_TENANT,
      actor: 'anonymous',
    });
  });

  test('of a shopper without a header is the default tenant', async () => {
    expect(await contextFor({})).toMatchObject({ tenantId: TENANT });
  });

  test('may be named by its slug, in any case', async () => {
    expect(await contextFor({ 'x-tenant-id': 'Other' })).toMatchObject({ tenantId: OTHER_TENANT, actor: 'anonymous' });
    const token = await gateway.identity.token({ tenantId: OTHER_TENANT });
    expect(await contextFor({ ...bearer(token), 'x-tenant-id': 'other' })).toMatchObject({ tenantId: OTHER_TENANT });
    expect(await refusalOf({ ...bearer(await gateway.identity.token()), 'x-tenant-id': 'other' })).toMatchObject({
      status: 403,
      code: 'TENANT_MISMATCH',
    });
  });

  test.each(['de_mo', '', '-demo', `${TENANT},${OTHER_TENANT}`, "' or true --"])(
    '%p in the header is refused',
    async (value) => {
      expect(await refusalOf({ 'x-tenant-id': value })).toMatchObject({ status: 400, code: 'TENANT_INVALID' });
    },
  );

  test('must exist', async () => {
    for (const unknown of ['44444444-4444-4444-8444-444444444444', 'no-shop'])
      expect(await refusalOf({ 'x-tenant-id': unknown })).toMatchObject({ status: 404, code: 'TENANT_NOT_FOUND' });
  });
});

describe('a host', () => {
  const askAt = async (host: string) => {
    const { json } = await gateway.app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { host },
      payload: { query: CONTEXT },
    });
    return json();
  };

  test.each(['localhost', 'LOCALHOST:4000', '127.0.0.1:4000', '127.1.2.3', '[::1]:4000'])(
    '%s selects the default tenant',
    async (host) => {
      expect(await askAt(host)).toMatchObject({ data: { context: { tenantId: TENANT } } });
    },
  );

  test.each(['shop.test', 'localhost.shop.test', '127.0.0.1.shop.test', 'shop.localhost', '192.168.1.7', '[::2]'])(
    "%s that is no tenant's leads to no other",
    async (host) => {
      expect(await askAt(`${host}:4000`)).toMatchObject({
        errors: [
          {
            message: `Unknown tenant host "${host}". Add it to the tenant's hosts, or send X-Tenant-ID.`,
            extensions: { code: 'TENANT_NOT_FOUND' },
          },
        ],
      });
    },
  );
});

describe('without a default tenant', () => {
  let strict: FixtureGateway;
  beforeAll(async () => {
    strict = await startFixtureGateway({ tenants: { ...FIXTURE_TENANTS, defaultTenantId: null } });
  });
  afterAll(() => strict.app.close());

  test('a shopper has to name a tenant', async () => {
    const { status, body } = await strict.graphql(CONTEXT);
    expect({ status, code: body.errors?.[0]?.extensions?.['code'] }).toEqual({ status: 400, code: 'TENANT_REQUIRED' });
    expect(body.errors?.[0]?.message).toContain('X-Tenant-ID');
  });

  test('the host selects the tenant', async () => {
    const { json } = await strict.app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { host: 'OTHER.test:4000' },
      payload: { query: CONTEXT },
    });
    expect(json()).toMatchObject({ data: { context: { tenantId: OTHER_TENANT } } });
  });
});

describe('a token', () => {
  test.each([
    ['expired', { expiresInSeconds: -1 }, 'expired'],
    ['of another issuer', { issuer: 'elsewhere' }, 'sign in again'],
    ['for another audience', { audience: 'elsewhere' }, 'sign in again'],
    ['by another algorithm', { algorithm: 'RS384' }, 'sign in again'],
    ['without a tenant', { tenantId: 'none' }, 'sign in again'],
  ] as const)('%s is refused, with the remedy', async (_what, overrides, remedy) => {
    const refusal = await refusalOf(bearer(await gateway.identity.token(overrides)));
    expect(refusal).toMatchObject({ status: 401, code: 'UNAUTHENTICATED', message: expect.stringContaining(remedy) });
  });

  test.each(['Bearer nonsense', 'Basic dXNlcjpwYXNz', 'Bearer', ''])('%p is refused', async (authorization) => {
    expect(await refusalOf({ authorization })).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });

  test('with a changed body is refused', async () => {
    const [header, , signature] = (await gateway.identity.token()).split('.');
    const body = Buffer.from(JSON.stringify({ sub: 'x', tid: OTHER_TENANT, role: 'OWNER', exp: 9e9 })).toString(
      'base64url',
    );
    expect(await refusalOf(bearer(`${header}.${body}.${signature}`))).toMatchObject({ status: 401 });
  });

  test('that is refused sets WWW-Authenticate', async () => {
    const { headers } = await gateway.graphql(CONTEXT, { authorization: 'Bearer nonsense' });
    expect(headers.get('www-authenticate')).toBe('Bearer');
  });
});

describe('the customer groups of a token', () => {
  const customer = '55555555-5555-4555-8555-555555555555';
  const group = (n: number) => `66666666-6666-4666-8666-${String(n).padStart(12, '0')}`;
  const groupsWith = async (claims: object) => {
    const token = await gateway.identity.token({ claims: { ...claims } });
    const query = '{ context { groups customerId } }';
    return (await gateway.graphql(query, bearer(token))).body;
  };

  test('reach the subgraphs, with the customer', async () => {
    const groups = [group(1), group(2)];
    expect(await groupsWith({ groups, customer })).toEqual({ data: { context: { groups, customerId: customer } } });
  });

  test('are none in a token without these claims', async () => {
    expect(await groupsWith({})).toEqual({ data: { context: { groups: [], customerId: null } } });
  });

  test.each([
    ['a company without an id', { company: { vatId: 'DE136695976' } }],
    ['a text', { groups: 'gold' }],
    ['names instead of ids', { groups: ['gold'] }],
    ['more than 20', { groups: Array.from({ length: 21 }, (_, n) => group(n)) }],
  ])('that are %s make the token invalid', async (_what, claims) => {
    expect((await groupsWith(claims)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });
});

describe('ids', () => {
  const requestId = '0b7c2f6e-0000-4000-8000-000000000001';

  test('of the client are forwarded to the subgraphs, and returned', async () => {
    const sent = { 'x-request-id': requestId, 'x-correlation-id': 'checkout:42' };
    const { headers, body } = await gateway.graphql(CONTEXT, sent);
    expect(body.data?.['context']).toMatchObject({ requestId, correlationId: 'checkout:42' });
    expect([headers.get('x-request-id'), headers.get('x-correlation-id')]).toEqual([requestId, 'checkout:42']);
  });

  test('with unsafe characters are replaced', async () => {
    const { headers } = await gateway.graphql(CONTEXT, { 'x-request-id': 'x', 'x-correlation-id': 'a b"c' });
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('x-correlation-id')).toBe(headers.get('x-request-id'));
  });
});

test.each([
  ['de-CH, fr;q=0.9, en;q=0.8', 'de-CH'],
  ['fr;q=0.2, pt-br;q=0.9', 'pt-BR'],
  ['*', 'en'],
  ['!!', 'en'],
])('Accept-Language %p selects %s', async (header, locale) => {
  expect(await contextFor({ 'accept-language': header })).toMatchObject({ locale });
});

test('while callers cannot be identified, requests get a 503 with Retry-After', async () => {
  const away = () => Promise.reject(new SubgraphUnavailableError('UNREACHABLE', 'no connection'));
  const lonely = await startFixtureGateway({ tenants: { ...FIXTURE_TENANTS, exists: away }, identity: { keys: away } });
  for (const headers of [{ 'x-tenant-id': TENANT }, bearer(await gateway.identity.token())]) {
    const { status, body } = await lonely.graphql(CONTEXT, headers);
    expect(status).toBe(503);
    expect(body.errors?.[0]?.extensions?.['code']).toBe('SUBGRAPH_UNAVAILABLE');
  }
  await lonely.app.close();
});
