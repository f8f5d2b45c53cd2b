import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { testActors } from '@souk/kit/testing';
import { startAccounts, type AccountsFixture } from '../testing/accounts-fixture.ts';

let accounts: AccountsFixture;
beforeAll(async () => void (accounts = await startAccounts()));
afterAll(() => accounts.close());

test('a tenant is found by id, by slug and by host, in a request without a tenant', async () => {
  const { createTenant, tenantById, tenantBySlug, tenantByHost } = accounts.services;
  const tenant = await createTenant({ slug: 'lamps', name: 'Lamps & Co', hosts: ['Lamps.test', 'www.lamps.test'] });
  expect(tenant).toEqual({ id: tenant.id, slug: 'lamps', name: 'Lamps & Co', plan: 'STARTER' });
  expect(await tenantById(tenant.id)).toEqual(tenant);
  expect(await tenantBySlug('lamps')).toEqual(tenant);
  expect(await tenantByHost('LAMPS.test')).toEqual(tenant);
  expect(await tenantByHost('www.lamps.test')).toEqual(tenant);
  expect(await tenantByHost('unknown.test')).toBeNull();
  expect(await tenantById(randomUUID())).toBeNull();
});

test('creating a tenant again, also concurrently, returns the same tenant and adds new hosts', async () => {
  const { createTenant, tenantByHost } = accounts.services;
  const created = await Promise.all([1, 2, 3].map(() => createTenant({ slug: 'twice', name: 'Twice', hosts: [] })));
  expect(new Set(created.map(({ id }) => id)).size).toBe(1);
  await createTenant({ slug: 'twice', name: 'Another name', hosts: ['twice.test'] });
  expect(await tenantByHost('twice.test')).toEqual(created[0]);
});

test('a tenant starts on the smallest plan, keeps its plan when no plan is given, and changes it when one is given', async () => {
  const { createTenant, tenantById, tenantByHost } = accounts.services;
  const shop = { slug: 'growing', name: 'Growing', hosts: ['growing.test'] };
  const { id, plan } = await createTenant(shop);
  expect(plan).toBe('STARTER');
  expect(await createTenant({ ...shop, plan: 'ENTERPRISE' })).toMatchObject({ id, plan: 'ENTERPRISE' });
  expect(await createTenant(shop)).toMatchObject({ plan: 'ENTERPRISE' });
  expect(await tenantById(id)).toMatchObject({ plan: 'ENTERPRISE' });
  expect(await tenantByHost('growing.test')).toMatchObject({ plan: 'ENTERPRISE' });
  const { data } = await accounts.execute(testActors([], id).shopper, '{ tenant { plan } }');
  expect(data).toEqual({ tenant: { plan: 'ENTERPRISE' } });
});

test('a host of another tenant cannot be claimed, and the attempt leaves nothing behind', async () => {
  const { createTenant, tenantBySlug } = accounts.services;
  await createTenant({ slug: 'first', name: 'First', hosts: ['contested.test'] });
  await expect(createTenant({ slug: 'second', name: 'Second', hosts: ['contested.test'] })).rejects.toThrow(
    'contested.test',
  );
  expect(await tenantBySlug('second')).toBeNull();
});

test('creating a user again, also concurrently, returns the same user', async () => {
  const { createTenant, createUser } = accounts.services;
  const { id: tenantId } = await createTenant({ slug: 'users', name: 'Users', hosts: [] });
  const newUser = { tenantId, email: 'a@users.test', password: 'a long password', role: 'OWNER' } as const;
  const created = await Promise.all([1, 2, 3].map(() => createUser(newUser)));
  expect(new Set(created.map(({ id }) => id)).size).toBe(1);
});

test('every caller may read the tenant of the request', async () => {
  const { id } = await accounts.services.createTenant({ slug: 'public', name: 'Public', hosts: [] });
  const { data } = await accounts.execute(testActors([], id).shopper, '{ tenant { id slug name } }');
  expect(data).toEqual({ tenant: { id, slug: 'public', name: 'Public' } });
});

test('the application cannot read or write the directory of all tenants', async () => {
  const app = await accounts.database.connect('accounts_app');
  for (const statement of [
    'select * from tenant_directory',
    `insert into tenant_directory values ('HOST', 'x', gen_random_uuid())`,
  ])
    await expect(app.query(statement)).rejects.toMatchObject({ code: '42501' });
});
