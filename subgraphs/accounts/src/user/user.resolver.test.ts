import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RequestContext } from '@souk/kit/context';
import { testActors, type TestActors } from '@souk/kit/testing';
import { ALL_SCOPES, startAccounts, type AccountsFixture } from '../testing/accounts-fixture.ts';

const CREATE = `mutation ($input: UserCreateInput!) {
  userCreate(input: $input) { user { id email role tenant { slug } } userErrors { code field } }
}`;
const NEW = { email: 'clerk@shop.test', password: 'a long password', role: 'STAFF' };
let accounts: AccountsFixture;
let actors: TestActors;

beforeAll(async () => {
  accounts = await startAccounts();
  const { id } = await accounts.services.createTenant({ slug: 'shop', name: 'Shop', hosts: [] });
  actors = testActors(ALL_SCOPES, id);
});
afterAll(() => accounts.close());

const create = async (input: object) => (await accounts.execute(actors.owner, CREATE, { input })).data?.['userCreate'];

test('an owner can create a user, once per email and once per idempotency key', async () => {
  const input = { ...NEW, idempotencyKey: randomUUID() };
  const created = await create(input);
  expect(created).toMatchObject({
    user: { email: NEW.email, role: 'STAFF', tenant: { slug: 'shop' } },
    userErrors: [],
  });
  expect(await create(input)).toEqual(created);
  expect(await create({ ...NEW, email: 'CLERK@shop.test' })).toEqual({
    user: null,
    userErrors: [{ code: 'EMAIL_TAKEN', field: ['email'] }],
  });
});

test.each([
  [{ email: 'no address' }, 'email'],
  [{ password: 'short' }, 'password'],
])('%j is refused', async (wrong, field) => {
  expect(await create({ ...NEW, ...wrong })).toMatchObject({ userErrors: [{ code: 'INVALID_INPUT', field: [field] }] });
});

test('a password that attackers know is refused', async () => {
  expect(await create({ ...NEW, email: 'common@shop.test', password: 'password1234' })).toMatchObject({
    user: null,
    userErrors: [{ code: 'PASSWORD_COMMON', field: ['password'] }],
  });
});

test('staff cannot create a user', async () => {
  expect((await accounts.execute(actors.staffWith('orders:write'), CREATE, { input: NEW })).errors).toMatchObject([
    { extensions: { code: 'FORBIDDEN' } },
  ]);
});

test('no idempotency record holds a password', async () => {
  const admin = await accounts.database.connect();
  await create({ ...NEW, email: 'other@shop.test', idempotencyKey: 'stored' });
  const { rows } = await admin.query(
    `select result::text as stored from accounts.idempotency_record where key like '% stored'`,
  );
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toMatch(/argon2|password/i);
});

test('a reference to a user is resolved for the user itself and for owners', async () => {
  const email = 'referenced@shop.test';
  const created = await create({ ...NEW, email });
  const { id } = (created as { user: { id: string } }).user;
  const query = 'query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on User { email } } }';
  const ids = [{ __typename: 'User', id }];
  const seenBy = async (ctx: RequestContext) => (await accounts.execute(ctx, query, { ids })).data?.['_entities'];
  const itself: RequestContext = { ...actors.stranger, actor: { kind: 'user', userId: id, role: 'STAFF', scopes: [] } };
  expect(await seenBy(itself)).toEqual([{ email }]);
  expect(await seenBy(actors.owner)).toEqual([{ email }]);
  expect(await seenBy(actors.staffWith('orders:read', 'customers:read'))).toEqual([null]);
  expect(await seenBy(actors.shopper)).toEqual([null]);
});
