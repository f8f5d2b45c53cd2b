import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testActors, testContext } from '@souk/kit/testing';
import { OrderPlaced } from '@souk/orders/contract';
import { startAccounts, type AccountsFixture } from '../testing/accounts-fixture.ts';

let accounts: AccountsFixture;
beforeAll(async () => void (accounts = await startAccounts()));
afterAll(() => accounts.close());

function orderPlaced(tenantId: string, email: string, name = 'A Buyer') {
  const orderId = randomUUID();
  const data = {
    orderId,
    number: '1001',
    email,
    name,
    locale: 'en',
    total: { amountMinor: 1990, currency: 'EUR' },
    lines: [{ sku: 'lamp', quantity: 1 }],
  };
  return {
    event_id: randomUUID(),
    event_type: OrderPlaced.subject,
    tenant_id: tenantId,
    aggregate_id: orderId,
    timestamp: new Date(0).toISOString(),
    source: 'orders',
    version: OrderPlaced.version,
    data,
    metadata: { user_id: null, correlation_id: null },
  };
}

async function customersOf(tenantId: string) {
  const staff = testActors(['customers:read'], tenantId).staff;
  const { data } = await accounts.execute(staff, '{ customers(first: 50) { nodes { id email name } } }');
  return (data as { customers: { nodes: { id: string; email: string; name: string }[] } }).customers.nodes;
}

async function recognized(tenantId: string): Promise<{ customerId: string; orderId: string; email: string }[]> {
  const admin = await accounts.database.connect();
  const { rows } = await admin.query<{ payload: { customerId: string; orderId: string; email: string } }>(
    `select payload from accounts.outbox_event where subject = 'accounts.customer.recognized' and tenant_id = $1 order by position`,
    [tenantId],
  );
  return rows.map(({ payload }) => payload);
}

describe('the buyer of an order', () => {
  test('becomes one customer per email, and CustomerRecognized is published for each order', async () => {
    const tenantId = randomUUID();
    const [first, second] = [
      orderPlaced(tenantId, 'buyer@example.test'),
      orderPlaced(tenantId, 'Buyer@Example.test', 'Another Name'),
    ];
    // The events are published one after another. Published together, events of different orders may arrive in any order.
    await accounts.events.publish([first]);
    await accounts.events.publish([second]);
    const [customer, ...others] = await customersOf(tenantId);
    expect(others).toEqual([]);
    expect(customer).toMatchObject({ email: 'buyer@example.test', name: 'A Buyer' });
    expect(await recognized(tenantId)).toEqual([
      { customerId: customer?.id, orderId: first.data.orderId, email: 'buyer@example.test' },
      { customerId: customer?.id, orderId: second.data.orderId, email: 'Buyer@Example.test' },
    ]);
  });

  test('is recognized once although the event is delivered twice', async () => {
    const tenantId = randomUUID();
    const event = orderPlaced(tenantId, 'twice@example.test');
    await accounts.events.publish([event]);
    await accounts.events.publish([event]);
    expect(await recognized(tenantId)).toHaveLength(1);
  });

  test('is a separate customer in another tenant', async () => {
    const tenants = [randomUUID(), randomUUID()];
    await accounts.events.publish(tenants.map((tenantId) => orderPlaced(tenantId, 'both@example.test')));
    const ids = await Promise.all(tenants.map(async (tenantId) => (await customersOf(tenantId)).map(({ id }) => id)));
    expect(new Set(ids.flat()).size).toBe(2);
  });
});

test('customers are for staff, also by a reference', async () => {
  const tenantId = randomUUID();
  await accounts.events.publish([orderPlaced(tenantId, 'guest@example.test')]);
  const [customer] = await customersOf(tenantId);
  const guest = testActors([], tenantId).shopper;
  expect((await accounts.execute(guest, '{ customers { nodes { id } } }')).errors).toMatchObject([
    { extensions: { code: 'UNAUTHENTICATED' } },
  ]);
  const one = await accounts.execute(guest, 'query ($id: ID!) { customer(id: $id) { id } }', { id: customer?.id });
  expect(one).toMatchObject({ data: { customer: null }, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });

  const ENTITIES =
    'query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on Customer { email name createdAt } } }';
  const ids = [customer?.id, randomUUID()].map((id) => ({ __typename: 'Customer', id }));
  const staffWith = (scope: string) => testActors([scope], tenantId).staff;
  for (const caller of [guest, staffWith('orders:read')])
    expect((await accounts.execute(caller, ENTITIES, { ids })).data?.['_entities']).toEqual([null, null]);
  const reached = await accounts.execute(staffWith('customers:read'), ENTITIES, { ids });
  expect(reached.data?.['_entities']).toMatchObject([{ email: 'guest@example.test', name: 'A Buyer' }, null]);
});

test('a shopper who is logged in sees the own customer, and no other', async () => {
  const { id: tenantId } = await accounts.services.createTenant({ slug: 'own', name: 'Own', hosts: [] });
  const shoppers = ['ada@own.test', 'eve@own.test'];
  for (const email of shoppers)
    await accounts.services.createUser({ tenantId, email, password: 'four slow herons wade', role: 'SHOPPER' });
  const [eve, ada] = await customersOf(tenantId);
  if (!ada || !eve) throw new Error('Two customers exist');
  const admin = await accounts.database.connect();
  const { rows } = await admin.query('select id from accounts.user_account where email = $1', [shoppers[0]]);
  const ctx = testContext({ tenantId, userId: rows[0].id, scopes: [], role: 'SHOPPER' });
  const caller = { ...ctx, actor: { ...ctx.actor, customerId: ada.id } } as typeof ctx;
  const me = await accounts.execute(caller, '{ me { email customer { id email name createdAt } } }');
  expect(me).toMatchObject({ data: { me: { email: shoppers[0], customer: { id: ada.id, email: shoppers[0] } } } });
  const ENTITIES = 'query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on Customer { email } } }';
  const ids = [ada, eve].map(({ id }) => ({ __typename: 'Customer', id }));
  const reached = await accounts.execute(caller, ENTITIES, { ids });
  expect(reached.data?.['_entities']).toEqual([{ email: shoppers[0] }, null]);
  const staff = await accounts.execute(testActors([], tenantId).staff, '{ me { customer { id } } }');
  expect(staff.data).toEqual({ me: null });
});

test('an order from an account belongs to its customer, whichever address it has, and names the customer', async () => {
  const { id: tenantId } = await accounts.services.createTenant({ slug: 'from', name: 'From', hosts: [] });
  await accounts.services.createUser({
    tenantId,
    email: 'ada@from.test',
    password: 'four slow herons wade',
    role: 'SHOPPER',
  });
  const [ada] = await customersOf(tenantId);
  const order = orderPlaced(tenantId, 'office@from.test', 'Ada');
  await accounts.events.publish([{ ...order, data: { ...order.data, customerId: ada?.id } }]);
  expect(await customersOf(tenantId)).toMatchObject([{ id: ada?.id, email: 'ada@from.test', name: 'Ada' }]);
  expect(await recognized(tenantId)).toMatchObject([{ customerId: ada?.id, orderId: order.data.orderId }]);
});

test('a list of customers is read page by page, newest first', async () => {
  const tenantId = randomUUID();
  const emails = ['a@page.test', 'b@page.test', 'c@page.test'];
  for (const email of emails) await accounts.events.publish([orderPlaced(tenantId, email)]);
  const staff = testActors(['customers:read'], tenantId).staff;
  const PAGE =
    'query ($after: String) { customers(first: 2, after: $after) { nodes { email } pageInfo { hasNextPage endCursor } } }';
  type Page = { nodes: { email: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
  const first = (await accounts.execute(staff, PAGE)).data?.['customers'] as Page;
  const second = (await accounts.execute(staff, PAGE, { after: first.pageInfo.endCursor })).data?.['customers'] as Page;
  expect([...first.nodes, ...second.nodes].map(({ email }) => email)).toEqual(emails.toReversed());
  expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
});
