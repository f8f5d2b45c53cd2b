import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestContext } from '@souk/kit/context';
import { testActors, testContext, type TestActors } from '@souk/kit/testing';
import { decodeJwt } from 'jose';
import { ALL_SCOPES, startAccounts, type AccountsFixture } from '../testing/accounts-fixture.ts';

interface Shop extends TestActors {
  readonly slug: string;
}
interface Payload {
  readonly userErrors: readonly { readonly code: string }[];
}
interface Tokens {
  readonly accessToken: string | null;
  readonly refreshToken: string;
}
interface Listed {
  readonly id: string;
  readonly email: string;
  readonly role: string;
  readonly disabledAt: string | null;
  readonly lockedUntil: string | null;
  readonly version: number;
}

const PASSWORD = 'four slow herons wade';
const USERS = '{ users { nodes { id email role disabledAt lockedUntil version } } }';
const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) { accessToken refreshToken userErrors { code } } }`;
const REFRESH = `mutation ($token: String!) {
  tokenRefresh(input: { refreshToken: $token }) { accessToken userErrors { code } }
}`;
let accounts: AccountsFixture;

beforeAll(async () => void (accounts = await startAccounts()));
afterAll(() => accounts.close());

let shops = 0;
async function newShop(): Promise<Shop> {
  const slug = `shop-${++shops}`;
  const { id } = await accounts.services.createTenant({ slug, name: slug, hosts: [] });
  return { ...testActors(ALL_SCOPES, id), slug };
}

async function addUser({ tenantId, slug }: Shop, name: string, role: 'OWNER' | 'STAFF'): Promise<string> {
  const user = { tenantId, email: `${name}@${slug}.test`, password: PASSWORD, role };
  return (await accounts.services.createUser(user)).id;
}

const run = async (ctx: RequestContext, field: string, input: object, selection = 'userErrors { code }') => {
  const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
  const text = `mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} } }`;
  return accounts.execute(ctx, text, { input });
};
const codesOf = async (ctx: RequestContext, field: string, input: object) => {
  const { data, errors } = await run(ctx, field, input);
  if (errors?.[0]) return [errors[0].extensions['code']];
  return (data as Readonly<Record<string, Payload>>)[field]?.userErrors.map(({ code }) => code);
};
const listed = async (ctx: RequestContext) =>
  (await accounts.query<{ users: { nodes: readonly Listed[] } }>(ctx, USERS)).users.nodes;
const login = async ({ shopper, slug }: Shop, name: string, password = PASSWORD) => {
  const input = { email: `${name}@${slug}.test`, password };
  return (await accounts.query<{ login: Tokens }>(shopper, LOGIN, { input })).login;
};
const as = ({ tenantId }: Shop, userId: string): RequestContext => ({
  ...testContext({ tenantId, userId }),
  actor: { kind: 'user', userId, role: 'OWNER', scopes: ALL_SCOPES },
});

test('owners see the staff of their own shop, and other callers see no user', async () => {
  const [shop, other] = [await newShop(), await newShop()];
  await addUser(shop, 'ada', 'OWNER');
  await addUser(shop, 'bob', 'STAFF');
  await addUser(other, 'eve', 'OWNER');
  const { tenantId } = shop;
  await accounts.services.createUser({ tenantId, email: 'buyer@mail.test', password: PASSWORD, role: 'SHOPPER' });
  expect((await listed(shop.owner)).map(({ email }) => email)).toEqual([
    `ada@${shop.slug}.test`,
    `bob@${shop.slug}.test`,
  ]);
  const seen = await accounts.execute(shop.staffWith('orders:read'), USERS);
  expect(seen.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});

describe('a change of the staff', () => {
  test('ends the sessions of the member: the new role counts from the next login', async () => {
    const shop = await newShop();
    const bob = await addUser(shop, 'bob', 'STAFF');
    const { refreshToken } = await login(shop, 'bob');
    const changed = await run(shop.owner, 'userRoleSet', { id: bob, role: 'OWNER' }, 'user { id role }');
    expect(changed.data).toEqual({ userRoleSet: { user: { id: bob, role: 'OWNER' } } });
    const renewed = await accounts.query(shop.shopper, REFRESH, { token: refreshToken });
    expect(renewed).toMatchObject({ tokenRefresh: { userErrors: [{ code: 'INVALID_REFRESH_TOKEN' }] } });
    const { accessToken } = await login(shop, 'bob');
    expect(decodeJwt(String(accessToken))['role']).toBe('OWNER');
  });

  test('a disabled user cannot log in until enabled, and a removed user frees the address', async () => {
    const shop = await newShop();
    await addUser(shop, 'ada', 'OWNER');
    const bob = await addUser(shop, 'bob', 'STAFF');
    expect(await codesOf(shop.owner, 'userDisable', { id: bob })).toEqual([]);
    expect((await login(shop, 'bob')).accessToken).toBeNull();
    expect((await listed(shop.owner))[1]).toMatchObject({ disabledAt: '2030-01-01T00:00:00.000Z' });
    expect(await codesOf(shop.owner, 'userEnable', { id: bob })).toEqual([]);
    expect((await login(shop, 'bob')).accessToken).not.toBeNull();
    expect(await codesOf(shop.owner, 'userRemove', { id: bob })).toEqual([]);
    expect((await login(shop, 'bob')).accessToken).toBeNull();
    expect(await addUser(shop, 'bob', 'STAFF')).not.toBe(bob);
    expect((await login(shop, 'bob')).accessToken).not.toBeNull();
  });

  test('is refused for a caller without the rights of the role, and for a user of another shop', async () => {
    const [shop, other] = [await newShop(), await newShop()];
    const [ada, bob] = [await addUser(shop, 'ada', 'OWNER'), await addUser(shop, 'bob', 'STAFF')];
    await addUser(shop, 'eve', 'OWNER');
    const manager = shop.staffWith(...ALL_SCOPES.filter((scope) => scope !== 'settings:write'));
    expect(await codesOf(manager, 'userRoleSet', { id: bob, role: 'OWNER' })).toEqual(['ROLE_NOT_GRANTABLE']);
    expect(await codesOf(manager, 'userDisable', { id: ada })).toEqual(['ROLE_NOT_GRANTABLE']);
    const user = { email: 'new@shop.test', password: PASSWORD, role: 'OWNER' };
    expect(await codesOf(manager, 'userCreate', user)).toEqual(['ROLE_NOT_GRANTABLE']);
    expect(await codesOf(manager, 'userInvite', { email: 'n@x.test', role: 'OWNER' })).toEqual(['ROLE_NOT_GRANTABLE']);
    expect(await codesOf(manager, 'userDisable', { id: bob })).toEqual([]);
    expect(await codesOf(other.owner, 'userDisable', { id: bob })).toEqual(['NOT_FOUND']);
    expect(await codesOf(shop.staffWith('users:read'), 'userDisable', { id: bob })).toEqual(['FORBIDDEN']);
  });

  test('of two owners who remove each other at the same time, one stays', async () => {
    const shop = await newShop();
    const [ada, eve] = [await addUser(shop, 'ada', 'OWNER'), await addUser(shop, 'eve', 'OWNER')];
    const codes = await Promise.all([
      codesOf(as(shop, ada), 'userRemove', { id: eve }),
      codesOf(as(shop, eve), 'userRoleSet', { id: ada, role: 'STAFF' }),
    ]);
    expect(codes.flat()).toEqual(['LAST_OWNER']);
    expect((await listed(shop.owner)).filter(({ role }) => role === 'OWNER')).toHaveLength(1);
  });

  test('of an outdated version is refused, and every change is published', async () => {
    const shop = await newShop();
    const bob = await addUser(shop, 'bob', 'STAFF');
    expect(await codesOf(shop.owner, 'userDisable', { id: bob, expectedVersion: 7 })).toEqual(['VERSION_CONFLICT']);
    await run(shop.owner, 'userDisable', { id: bob, expectedVersion: 1 });
    await run(shop.owner, 'userRemove', { id: bob });
    const admin = await accounts.database.connect();
    const { rows } = await admin.query(
      `select payload->>'change' as change from accounts.outbox_event
        where subject = 'accounts.user.changed' and aggregate_id = $1 order by position`,
      [bob],
    );
    expect(rows.map(({ change }) => change)).toEqual(['CREATED', 'DISABLED', 'REMOVED']);
  });
});

describe('failed logins', () => {
  test('lock an account after ten in a row, for longer after each further failure, and an owner ends the lock', async () => {
    const shop = await newShop();
    const bob = await addUser(shop, 'bob', 'STAFF');
    const fail = () => login(shop, 'bob', 'not the password');
    for (let failures = 0; failures < 10; failures += 1) await fail();
    const lock = async () => (await listed(shop.owner))[0]?.lockedUntil;
    expect(await lock()).toBe('2030-01-01T00:00:30.000Z');
    expect((await login(shop, 'bob')).accessToken).toBeNull();
    accounts.clock.advance(30_000);
    await fail();
    expect(await lock()).toBe('2030-01-01T00:01:30.000Z');
    await run(shop.owner, 'userEnable', { id: bob });
    expect((await login(shop, 'bob')).accessToken).not.toBeNull();
    expect(await lock()).toBeNull();
  });

  test('are forgotten after a successful login', async () => {
    const shop = await newShop();
    await addUser(shop, 'bob', 'STAFF');
    for (let round = 0; round < 2; round += 1) {
      for (let failures = 0; failures < 9; failures += 1) await login(shop, 'bob', 'not the password');
      expect((await login(shop, 'bob')).accessToken).not.toBeNull();
    }
  });
});

describe('own sessions', () => {
  const SESSIONS = '{ sessions { nodes { id createdAt lastUsedAt } } }';

  test('are listed and ended by their user only', async () => {
    const shop = await newShop();
    const [bob, eve] = [await addUser(shop, 'bob', 'STAFF'), await addUser(shop, 'eve', 'STAFF')];
    const first = await login(shop, 'bob');
    accounts.clock.advance(1000);
    const second = await login(shop, 'bob');
    const sids = [second, first].map(({ accessToken }) => decodeJwt(String(accessToken))['sid']);
    const sessionsOf = async (userId: string) =>
      (await accounts.query<{ sessions: { nodes: readonly { id: string }[] } }>(as(shop, userId), SESSIONS)).sessions
        .nodes;
    expect((await sessionsOf(bob)).map(({ id }) => id)).toEqual(sids);
    expect(await codesOf(as(shop, eve), 'sessionEnd', { id: sids[1] })).toEqual(['NOT_FOUND']);
    expect(await codesOf(as(shop, bob), 'sessionEnd', { id: sids[1] })).toEqual([]);
    expect((await sessionsOf(bob)).map(({ id }) => id)).toEqual([sids[0]]);
    const renewed = await accounts.query(shop.shopper, REFRESH, { token: first.refreshToken });
    expect(renewed).toMatchObject({ tokenRefresh: { accessToken: null } });
    accounts.clock.advance(30 * 60_000);
    expect(await sessionsOf(bob)).toEqual([]);
  });
});
