import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RequestContext } from '@souk/kit/context';
import { testActors, type TestActors } from '@souk/kit/testing';
import { ALL_SCOPES, startAccounts, type AccountsFixture } from '../testing/accounts-fixture.ts';

const PARTS =
  'tenant { name brand { name color } hosts settings { mailSenderName defaultLocale locales timeZone updatedBy version } }';
const READ = `{ ${PARTS} }`;
const UPDATE = `mutation ($input: TenantUpdateInput!) {
  tenantUpdate(input: $input) { ${PARTS} userErrors { code field } }
}`;

let accounts: AccountsFixture;
let shop: TestActors;
let other: TestActors;
beforeAll(async () => {
  accounts = await startAccounts();
  const tenant = (slug: string) => accounts.services.createTenant({ slug, name: slug, hosts: [`${slug}.test`] });
  shop = testActors(ALL_SCOPES, (await tenant('lamps')).id);
  other = testActors(ALL_SCOPES, (await tenant('vases')).id);
});
afterAll(() => accounts.close());

const update = async (ctx: RequestContext, input: object) =>
  (await accounts.execute(ctx, UPDATE, { input })).data?.['tenantUpdate'];
const codeOf = async (ctx: RequestContext, document: string, variables: object = {}) =>
  (await accounts.execute(ctx, document, { ...variables })).errors?.[0]?.extensions['code'];

test('an owner changes the settings of the own shop only, once per idempotency key', async () => {
  const input = {
    name: 'Lamps & Co',
    brandName: 'LAMPS',
    brandColor: '#0f766e',
    mailSenderName: 'Team of Lamps',
    defaultLocale: 'de',
    locales: ['en'],
    timeZone: 'Europe/Berlin',
    expectedVersion: 1,
    idempotencyKey: randomUUID(),
  };
  const before = await accounts.query(other.owner, READ);
  const changed = await update(shop.owner, input);
  expect(changed).toMatchObject({
    tenant: {
      name: 'Lamps & Co',
      brand: { name: 'LAMPS', color: '#0f766e' },
      hosts: ['lamps.test'],
      settings: {
        mailSenderName: 'Team of Lamps',
        defaultLocale: 'de',
        locales: ['de', 'en'],
        timeZone: 'Europe/Berlin',
        version: 2,
      },
    },
    userErrors: [],
  });
  expect(await update(shop.owner, input)).toEqual(changed);
  expect(await update(shop.owner, { brandName: 'L', expectedVersion: 1 })).toMatchObject({
    tenant: null,
    userErrors: [{ code: 'VERSION_CONFLICT', field: ['expectedVersion'] }],
  });
  expect(await accounts.query(other.owner, READ)).toEqual(before);
});

test('the change is published with the names of the shop, for gateways and other subgraphs', async () => {
  await update(other.owner, { defaultLocale: 'fr' });
  const admin = await accounts.database.connect();
  const { rows } = await admin.query(
    `select payload from accounts.outbox_event where tenant_id = $1 and subject = 'accounts.tenant.changed'
      order by position desc limit 1`,
    [other.tenantId],
  );
  expect(rows).toMatchObject([
    {
      payload: { slug: 'vases', hosts: ['vases.test'], defaultLocale: 'fr', defaultCurrency: null, change: 'UPDATED' },
    },
  ]);
});

test('buyers see the brand, staff also the settings, and only owners change them', async () => {
  const { data } = await accounts.execute(shop.shopper, '{ tenant { brand { name } } }');
  expect(data).toMatchObject({ tenant: { brand: { name: expect.any(String) } } });
  for (const field of ['hosts', 'settings { version }'])
    expect(await codeOf(shop.shopper, `{ tenant { ${field} } }`)).toBe('UNAUTHENTICATED');
  expect(await codeOf(shop.staffWith('orders:read'), READ)).toBe('FORBIDDEN');
  expect(await codeOf(shop.staffWith('tenant:read'), READ)).toBeUndefined();
  expect(await codeOf(shop.staffWith('tenant:read'), UPDATE, { input: { name: 'Mine' } })).toBe('FORBIDDEN');
});

test('the tenant of a login elsewhere shows no settings of the caller', async () => {
  const owner = { tenantId: other.tenantId, email: 'owner@vases.test', password: 'four slow herons wade' };
  await accounts.services.createUser({ ...owner, role: 'OWNER' });
  const login = `mutation ($email: String!, $password: String!) {
    login(input: { email: $email, password: $password }) { user { tenant { slug hosts settings { version } } } }
  }`;
  const { email, password } = owner;
  const { data } = await accounts.execute(shop.owner, login, { email, password });
  expect(data).toEqual({ login: { user: { tenant: { slug: 'vases', hosts: null, settings: null } } } });
});

test.each([
  [{ name: ' ' }, ['name']],
  [{ name: null }, ['name']],
  [{ brandColor: 'red' }, ['brandColor']],
  [{ timeZone: 'Nowhere' }, ['timeZone']],
  [{ locales: Array.from({ length: 50 }, () => 'de') }, ['locales']],
])('%j changes nothing', async (input, field) => {
  const before = await accounts.query(shop.owner, READ);
  expect(await update(shop.owner, input)).toMatchObject({ userErrors: [{ code: 'INVALID_INPUT', field }] });
  expect(await accounts.query(shop.owner, READ)).toEqual(before);
});
