import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testActors, type TestActors } from '@souk/kit/testing';
import { decodeJwt } from 'jose';
import { startAccounts, type AccountsFixture } from '../testing/accounts-fixture.ts';

let accounts: AccountsFixture;
let actors: TestActors;
beforeAll(async () => {
  accounts = await startAccounts();
  actors = await newShop('groups');
});
afterAll(() => accounts.close());

const FIELDS = 'customerGroup { id code name version } userErrors { code field }';

interface Payload {
  readonly customerGroup: { readonly id: string; readonly code: string; readonly version: number } | null;
  readonly deletedId?: string | null;
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] | null }[];
}

async function newShop(slug: string): Promise<TestActors> {
  const { id } = await accounts.services.createTenant({ slug, name: slug, hosts: [] });
  return testActors(['customers:read', 'customers:write', 'settings:write'], id);
}

async function change(name: string, input: object, by = actors.staff): Promise<Payload> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const fields = name === 'customerGroupDelete' ? 'deletedId userErrors { code field }' : FIELDS;
  const { data, errors } = await accounts.execute(
    by,
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} } }`,
    {
      input,
    },
  );
  if (errors) throw new Error(errors[0]?.extensions.code);
  return data?.[name] as Payload;
}

async function newGroup(code = `g-${randomUUID()}`, by = actors.staff): Promise<string> {
  const { customerGroup } = await change('customerGroupCreate', { code, name: code }, by);
  return customerGroup?.id ?? '';
}

/** Creates the account of a shopper. @returns the id of the customer */
async function newCustomer(email: string, by = actors): Promise<string> {
  const user = { tenantId: by.tenantId, email, password: 'a long password', role: 'SHOPPER' } as const;
  await accounts.services.createUser(user);
  const { data } = await accounts.execute(by.staff, '{ customers(first: 200) { nodes { id email } } }');
  const { nodes } = (data as { customers: { nodes: { id: string; email: string }[] } }).customers;
  return nodes.find((customer) => customer.email === email)?.id ?? '';
}

async function claimsOf(email: string, by = actors): Promise<Readonly<Record<string, unknown>>> {
  const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { accessToken } }';
  const input = { email, password: 'a long password' };
  const { data } = await accounts.execute(by.shopper, LOGIN, { input });
  return decodeJwt((data as { login: { accessToken: string } }).login.accessToken);
}

async function published(groupId: string): Promise<unknown[]> {
  const admin = await accounts.database.connect();
  const { rows } = await admin.query<{ payload: unknown }>(
    'select payload from accounts.outbox_event where aggregate_id = $1 order by position',
    [groupId],
  );
  return rows.map(({ payload }) => payload);
}

describe('a customer group', () => {
  test('is created, changed, listed by code and deleted, and each change is published', async () => {
    const shop = await newShop('lifecycle');
    const id = await newGroup('wholesale', shop.staff);
    expect(await change('customerGroupUpdate', { id, name: 'Wholesale', expectedVersion: 1 }, shop.staff)).toEqual({
      customerGroup: { id, code: 'wholesale', name: 'Wholesale', version: 2 },
      userErrors: [],
    });
    await newGroup('club', shop.staff);
    const LIST = '{ customerGroups { nodes { code } } }';
    const codes = [{ code: 'club' }, { code: 'wholesale' }];
    expect((await accounts.execute(shop.staff, LIST)).data).toEqual({ customerGroups: { nodes: codes } });
    expect(await change('customerGroupDelete', { id }, shop.staff)).toEqual({ deletedId: id, userErrors: [] });
    expect((await accounts.execute(shop.staff, LIST)).data).toEqual({ customerGroups: { nodes: codes.slice(0, 1) } });
    expect(await published(id)).toEqual([
      { groupId: id, code: 'wholesale', name: 'wholesale', change: 'CREATED' },
      { groupId: id, code: 'wholesale', name: 'Wholesale', change: 'UPDATED' },
      { groupId: id, code: 'wholesale', name: 'Wholesale', change: 'DELETED' },
    ]);
  });

  test('has a code that no other group of the shop has, until it is deleted', async () => {
    const id = await newGroup('Gold');
    expect(await change('customerGroupCreate', { code: 'GOLD', name: 'x' })).toEqual({
      customerGroup: null,
      userErrors: [{ code: 'CODE_TAKEN', field: ['code'] }],
    });
    await change('customerGroupDelete', { id });
    expect((await change('customerGroupCreate', { code: 'GOLD', name: 'x' })).userErrors).toEqual([]);
  });

  test('is refused with a wrong code, an old version, or an unknown id', async () => {
    const id = await newGroup();
    const codesOf = ({ userErrors }: Payload) => userErrors.map(({ code }) => code);
    expect(codesOf(await change('customerGroupCreate', { code: 'a b', name: 'x' }))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await change('customerGroupUpdate', { id, name: 'x', expectedVersion: 9 }))).toEqual([
      'VERSION_CONFLICT',
    ]);
    expect(codesOf(await change('customerGroupUpdate', { id: randomUUID(), name: 'x' }))).toEqual(['NOT_FOUND']);
  });

  test('is for staff of the shop', async () => {
    const id = await newGroup();
    await expect(change('customerGroupCreate', { code: 'x', name: 'x' }, actors.shopper)).rejects.toThrow(
      'UNAUTHENTICATED',
    );
    const reader = actors.staffWith('customers:read');
    await expect(change('customerGroupDelete', { id }, reader)).rejects.toThrow('FORBIDDEN');
    expect((await change('customerGroupDelete', { id }, actors.otherTenant)).userErrors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
    const ENTITY = 'query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on CustomerGroup { code } } }';
    const ids = [{ __typename: 'CustomerGroup', id }];
    expect((await accounts.execute(actors.stranger, ENTITY, { ids })).data).toEqual({ _entities: [null] });
    expect((await accounts.execute(reader, ENTITY, { ids })).data).toMatchObject({ _entities: [{}] });
  });
});

describe('the customers of a group', () => {
  const MEMBERS = `query ($id: ID!) { customerGroup(id: $id) { version customers { nodes { email groups { code } } } } }`;

  test('join and leave, and the version of the group counts each change', async () => {
    const id = await newGroup('team');
    const customerIds = [await newCustomer('one@team.test'), await newCustomer('two@team.test')];
    await change('customerGroupMembersAdd', { id, customerIds: customerIds.slice(0, 1) });
    await change('customerGroupMembersAdd', { id, customerIds });
    const members = (await accounts.execute(actors.staff, MEMBERS, { id })).data?.['customerGroup'];
    expect(members).toEqual({
      version: 3,
      customers: {
        nodes: [
          { email: 'two@team.test', groups: [{ code: 'team' }] },
          { email: 'one@team.test', groups: [{ code: 'team' }] },
        ],
      },
    });
    await change('customerGroupMembersRemove', { id, customerIds: [...customerIds.slice(1), randomUUID()] });
    expect((await accounts.execute(actors.staff, MEMBERS, { id })).data?.['customerGroup']).toMatchObject({
      customers: { nodes: [{ email: 'one@team.test' }] },
    });
    expect((await published(id)).slice(1)).toEqual([
      { groupId: id, added: customerIds.slice(0, 1), removed: [] },
      { groupId: id, added: customerIds.slice(1), removed: [] },
      { groupId: id, added: [], removed: customerIds.slice(1) },
    ]);
  });

  test('must exist, and must be at most 500 per call', async () => {
    const id = await newGroup();
    const customerIds = [await newCustomer('exists@team.test'), randomUUID()];
    expect((await change('customerGroupMembersAdd', { id, customerIds })).userErrors).toEqual([
      { code: 'NOT_FOUND', field: ['customerIds', '1'] },
    ]);
    const many = Array.from({ length: 501 }, () => randomUUID());
    expect((await change('customerGroupMembersAdd', { id, customerIds: many })).userErrors).toMatchObject([
      { code: 'INVALID_INPUT' },
    ]);
  });

  test('belong to at most 20 groups, also when they are added at the same time', async () => {
    const customerIds = [await newCustomer('popular@team.test')];
    const ids = await Promise.all(Array.from({ length: 22 }, () => newGroup()));
    for (const id of ids.slice(0, 18)) await change('customerGroupMembersAdd', { id, customerIds });
    const last = await Promise.all(ids.slice(18).map((id) => change('customerGroupMembersAdd', { id, customerIds })));
    expect(last.flatMap(({ userErrors }) => userErrors)).toEqual([
      { code: 'TOO_MANY_GROUPS', field: ['customerIds', '0'] },
      { code: 'TOO_MANY_GROUPS', field: ['customerIds', '0'] },
    ]);
    expect((await claimsOf('popular@team.test'))['groups']).toHaveLength(20);
  });
});

describe('the access token of a customer', () => {
  test('holds the customer and the groups as they are at the login', async () => {
    const customer = await newCustomer('token@team.test');
    expect(await claimsOf('token@team.test')).toMatchObject({ customer, groups: [] });
    const [left, stayed] = [await newGroup(), await newGroup()];
    for (const id of [left, stayed]) await change('customerGroupMembersAdd', { id, customerIds: [customer] });
    expect(await claimsOf('token@team.test')).toMatchObject({ groups: [left, stayed].toSorted() });
    await change('customerGroupDelete', { id: left });
    expect(await claimsOf('token@team.test')).toMatchObject({ groups: [stayed] });
  });

  test('holds neither for staff', async () => {
    const email = 'clerk@team.test';
    const user = { tenantId: actors.tenantId, email, password: 'a long password', role: 'STAFF' } as const;
    await accounts.services.createUser(user);
    const claims = await claimsOf(email);
    expect([claims['customer'], claims['groups']]).toEqual([undefined, undefined]);
  });
});
