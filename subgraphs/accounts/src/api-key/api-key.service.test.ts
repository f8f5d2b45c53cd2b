import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RequestContext } from '@souk/kit/context';
import { testActors, type TestActors } from '@souk/kit/testing';
import { ALL_SCOPES, startAccounts, type AccountsFixture } from '../testing/accounts-fixture.ts';
import { apiKeyHash } from './api-key.ts';

interface Issued {
  readonly apiKey: { readonly id: string; readonly version: number } | null;
  readonly secret: string | null;
  readonly userErrors: readonly { readonly code: string }[];
}

const KEY = 'apiKey { id name hint scopes allowedAddresses expiresAt version } secret userErrors { code field }';
const CREATE = `mutation ($input: ApiKeyCreateInput!) { apiKeyCreate(input: $input) { ${KEY} } }`;
const ROTATE = `mutation ($input: ApiKeyRotateInput!) { apiKeyRotate(input: $input) { ${KEY} } }`;
const REVOKE = `mutation ($id: ID!) { apiKeyRevoke(input: { id: $id }) { deletedId userErrors { code } } }`;
const LIST = '{ apiKeys { nodes { id lastUsedAt } } }';
const HOUR_MS = 60 * 60_000;

let accounts: AccountsFixture;
let shop: TestActors;

beforeAll(async () => {
  accounts = await startAccounts();
  const { id } = await accounts.services.createTenant({ slug: 'keys', name: 'Keys', hosts: [] });
  shop = testActors(ALL_SCOPES, id);
});
afterAll(() => accounts.close());

const create = async (input: object = {}, ctx: RequestContext = shop.owner) => {
  const key = { name: 'Warehouse', scopes: ['customers:read'], ...input };
  return (await accounts.query<{ apiKeyCreate: Issued }>(ctx, CREATE, { input: key })).apiKeyCreate;
};
const rotate = async (input: object) =>
  (await accounts.query<{ apiKeyRotate: Issued }>(shop.owner, ROTATE, { input })).apiKeyRotate;
const rightsOf = (secret: string | null) => accounts.services.apiKey(apiKeyHash(String(secret)));

test('a key is shown once, has rights in its shop, and expires after 90 days', async () => {
  const { apiKey, secret, userErrors } = await create({ allowedAddresses: ['203.0.113.0/24'] });
  expect(userErrors).toEqual([]);
  expect(apiKey).toMatchObject({ hint: secret?.slice(-4), expiresAt: '2030-04-01T00:00:00.000Z', version: 1 });
  expect(await rightsOf(secret)).toEqual({
    keyId: apiKey?.id,
    tenantId: shop.tenantId,
    scopes: ['customers:read'],
    allowedAddresses: ['203.0.113.0/24'],
    expiresAt: new Date('2030-04-01T00:00:00Z'),
  });
  expect(await rightsOf('souk_unknown')).toBeNull();
  const admin = await accounts.database.connect();
  const { rows } = await admin.query('select 1 from accounts.api_key k where k::text like $1', [`%${secret}%`]);
  expect(rows).toEqual([]);
});

test('a caller grants no scope that the caller lacks', async () => {
  const clerk = shop.staffWith('api-keys:write', 'customers:read');
  expect((await create({ scopes: ['customers:write'] }, clerk)).userErrors).toMatchObject([
    { code: 'SCOPE_NOT_GRANTABLE', field: ['scopes', '0'] },
  ]);
  const { apiKey } = await create({ scopes: ['customers:write'] });
  const refused = await accounts.execute(clerk, ROTATE, { input: { id: apiKey?.id } });
  expect(refused.data).toMatchObject({ apiKeyRotate: { secret: null, userErrors: [{ code: 'SCOPE_NOT_GRANTABLE' }] } });
  expect((await create({ scopes: ['customers:delete'] })).userErrors).toMatchObject([{ code: 'SCOPE_UNKNOWN' }]);
  expect((await create({ allowedAddresses: ['shop.test'] })).userErrors).toMatchObject([{ code: 'ADDRESS_INVALID' }]);
  const { errors } = await accounts.execute(shop.staffWith('customers:read'), LIST);
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});

test('a caller revokes no key with a scope that the caller lacks', async () => {
  const clerk = shop.staffWith('api-keys:write', 'customers:read');
  const { apiKey, secret } = await create({ scopes: ['customers:write'] });
  expect(await accounts.query(clerk, REVOKE, { id: apiKey?.id })).toMatchObject({
    apiKeyRevoke: { deletedId: null, userErrors: [{ code: 'SCOPE_NOT_GRANTABLE' }] },
  });
  expect(await rightsOf(secret)).not.toBeNull();
});

test('the keys that a key created are revoked with it, and a revoked key creates none', async () => {
  const scopes = ['api-keys:write', 'api-keys:read', 'customers:read'];
  const parent = await create({ scopes });
  const asKey = (issued: Issued): RequestContext => {
    const ctx = shop.staffWith(...scopes);
    return { ...ctx, actor: { ...ctx.actor, userId: issued.apiKey?.id } } as RequestContext;
  };
  const child = await create({ scopes }, asKey(parent));
  const grandchild = await create({}, asKey(child));
  const bystander = await create();
  expect(await accounts.query(shop.owner, REVOKE, { id: parent.apiKey?.id })).toMatchObject({
    apiKeyRevoke: { deletedId: parent.apiKey?.id, userErrors: [] },
  });
  const rights = [parent, child, grandchild, bystander].map(({ secret }) => rightsOf(secret));
  expect(await Promise.all(rights)).toEqual([
    null,
    null,
    null,
    expect.objectContaining({ keyId: bystander.apiKey?.id }),
  ]);
  const admin = await accounts.database.connect();
  const ids = [parent, child, grandchild].map(({ apiKey }) => apiKey?.id);
  const published = `select aggregate_id from accounts.outbox_event where subject = 'accounts.api_key.revoked' and aggregate_id = any($1)`;
  expect((await admin.query(published, [ids])).rows).toHaveLength(3);
  const late = await accounts.execute(asKey(parent), CREATE, { input: { name: 'Late', scopes: ['customers:read'] } });
  expect(late.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
});

test('a rotated key works beside the new one until the overlap ends', async () => {
  const first = await create();
  const second = await rotate({ id: first.apiKey?.id, overlapHours: 2 });
  expect(second.secret).not.toBe(first.secret);
  expect(await rightsOf(second.secret)).toMatchObject({ keyId: first.apiKey?.id });
  const end = new Date(accounts.clock.now().getTime() + 2 * HOUR_MS);
  expect(await rightsOf(first.secret)).toMatchObject({ keyId: first.apiKey?.id, expiresAt: end });
  accounts.clock.advance(2 * HOUR_MS);
  expect(await rightsOf(first.secret)).toBeNull();
  expect(await rightsOf(second.secret)).not.toBeNull();
});

test('a revoked key is unknown, reported to gateways, and published', async () => {
  const { apiKey, secret } = await create();
  const start = { endedAt: accounts.clock.now(), sessionId: '00000000-0000-4000-8000-000000000000' };
  accounts.clock.advance(1000);
  const other = await accounts.execute(shop.otherTenant, REVOKE, { id: apiKey?.id });
  expect(other.data).toMatchObject({ apiKeyRevoke: { userErrors: [{ code: 'NOT_FOUND' }] } });
  expect(await accounts.query(shop.owner, REVOKE, { id: apiKey?.id })).toMatchObject({
    apiKeyRevoke: { deletedId: apiKey?.id, userErrors: [] },
  });
  expect(await rightsOf(secret)).toBeNull();
  expect(await accounts.services.sessionsEndedAfter(start)).toEqual([
    { sessionId: apiKey?.id, endedAt: accounts.clock.now() },
  ]);
  const admin = await accounts.database.connect();
  const told = await admin.query(`select payload from accounts.outbox_event where aggregate_id = $1`, [apiKey?.id]);
  expect(told.rows).toEqual([{ payload: { apiKeyId: apiKey?.id, name: 'Warehouse' } }]);
});

test('the use of a key is recorded at most once a minute, and does not change the version', async () => {
  const { apiKey, secret } = await create();
  const usedAt = async () => {
    await rightsOf(secret);
    const { apiKeys } = await accounts.query<{ apiKeys: { nodes: readonly { id: string; lastUsedAt: string }[] } }>(
      shop.owner,
      LIST,
    );
    return apiKeys.nodes.find(({ id }) => id === apiKey?.id)?.lastUsedAt;
  };
  const first = await usedAt();
  expect(first).toBe(accounts.clock.now().toISOString());
  accounts.clock.advance(59_000);
  expect(await usedAt()).toBe(first);
  accounts.clock.advance(1000);
  expect(await usedAt()).toBe(accounts.clock.now().toISOString());
  expect((await rotate({ id: apiKey?.id, expectedVersion: 1 })).userErrors).toEqual([]);
});

test('an expired key is unknown', async () => {
  const { secret } = await create({ lifetimeDays: 1 });
  accounts.clock.advance(24 * HOUR_MS);
  expect(await rightsOf(secret)).toBeNull();
});

test('a shop has at most 100 keys', async () => {
  const { id } = await accounts.services.createTenant({ slug: 'many-keys', name: 'Many', hosts: [] });
  const owner = testActors(ALL_SCOPES, id).owner;
  const admin = await accounts.database.connect();
  await admin.query(
    `insert into accounts.api_key (tenant_id, id, name, secret_hash, hint, scopes, allowed_addresses, expires_at)
     select $1, gen_random_uuid(), 'x', lpad(n::text, 43, 'x'), 'xxxx', '{}', '{}', now() from generate_series(1, 99) n`,
    [id],
  );
  const codes = await Promise.all([create({}, owner), create({}, owner)]);
  expect(codes.flatMap(({ userErrors }) => userErrors)).toMatchObject([{ code: 'API_KEY_LIMIT_REACHED' }]);
});
