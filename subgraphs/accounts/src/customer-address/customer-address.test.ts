import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestContext } from '@souk/kit/context';
import { testActors, testContext } from '@souk/kit/testing';
import { startAccounts, type AccountsFixture } from '../testing/accounts-fixture.ts';
import { MOST_ADDRESSES } from './customer-address.ts';

const FIELDS = 'id address { line1 } isDefaultShipping isDefaultBilling version';
const CHANGE = (field: string, input: string) =>
  `mutation ($input: ${input}!) { ${field}(input: $input) { customerAddress { ${FIELDS} } userErrors { code field } } }`;
const ADD = CHANGE('customerAddressAdd', 'CustomerAddressAddInput');
const UPDATE = CHANGE('customerAddressUpdate', 'CustomerAddressUpdateInput');
const DEFAULT = CHANGE('customerAddressDefaultSet', 'CustomerAddressDefaultSetInput');
const DELETE = `mutation ($input: CustomerAddressDeleteInput!) {
  customerAddressDelete(input: $input) { deletedId userErrors { code field } }
}`;
const LIST = `query ($customers: [_Any!]!) {
  _entities(representations: $customers) { ... on Customer { addresses { ${FIELDS} } } }
}`;
const ADDRESS = { name: 'Ada', line1: 'Main Street 1', city: 'Berlin', postalCode: '10115', countryCode: 'DE' };

interface Shown {
  readonly id: string;
  readonly address: { readonly line1: string };
  readonly isDefaultShipping: boolean;
  readonly isDefaultBilling: boolean;
  readonly version: number;
}
interface Answer {
  readonly customerAddress: Shown | null;
  readonly deletedId?: string | null;
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] | null }[];
}
type Customer = RequestContext & { readonly customerId: string };

let accounts: AccountsFixture;
let tenantId: string;
let staff: RequestContext;
beforeAll(async () => {
  accounts = await startAccounts();
  tenantId = (await accounts.services.createTenant({ slug: 'addresses', name: 'Addresses', hosts: [] })).id;
  staff = testActors(['customers:read', 'customers:write'], tenantId).staff;
});
afterAll(() => accounts.close());

async function customer(): Promise<Customer> {
  const customerId = randomUUID();
  const admin = await accounts.database.connect();
  const row = [tenantId, customerId, `${customerId}@mail.test`];
  await admin.query(`insert into accounts.customer (tenant_id, id, email, name) values ($1, $2, $3, '')`, row);
  const ctx = testContext({ tenantId, scopes: [], role: 'SHOPPER' });
  return { ...ctx, actor: { ...ctx.actor, customerId } as RequestContext['actor'], customerId };
}

async function call(ctx: RequestContext, document: string, input: Record<string, unknown>): Promise<Answer> {
  const { data, errors } = await accounts.execute(ctx, document, { input });
  expect(errors).toBeUndefined();
  return Object.values(data ?? {})[0] as Answer;
}

async function addressesOf({ customerId }: Customer, by: RequestContext): Promise<Shown[] | null> {
  const customers = [{ __typename: 'Customer', id: customerId }];
  const { data } = await accounts.execute(by, LIST, { customers });
  return (data as { _entities: ({ addresses: Shown[] } | null)[] })._entities[0]?.addresses ?? null;
}

const add = async (ctx: RequestContext, line1: string, more: Record<string, unknown> = {}) => {
  const { customerAddress } = await call(ctx, ADD, { address: { ...ADDRESS, line1 }, ...more });
  if (!customerAddress) throw new Error('The address was refused');
  return customerAddress;
};
/** The first lines of the default addresses, as `[shipping, billing]`. */
const defaultsOf = async (ctx: Customer) => {
  const all = (await addressesOf(ctx, ctx)) ?? [];
  return [all.find((each) => each.isDefaultShipping), all.find((each) => each.isDefaultBilling)].map(
    (each) => each?.address.line1,
  );
};

describe('the defaults', () => {
  test('are the first address, until the customer chooses others', async () => {
    const ada = await customer();
    await add(ada, 'first');
    await add(ada, 'second');
    expect(await defaultsOf(ada)).toEqual(['first', 'first']);
    await add(ada, 'third', { defaultFor: ['BILLING'] });
    expect(await defaultsOf(ada)).toEqual(['first', 'third']);
    const second = (await addressesOf(ada, ada))?.[1];
    expect(await call(ada, DEFAULT, { id: second?.id, defaultFor: ['SHIPPING', 'BILLING'] })).toMatchObject({
      customerAddress: { isDefaultShipping: true, isDefaultBilling: true },
      userErrors: [],
    });
    expect(await defaultsOf(ada)).toEqual(['second', 'second']);
  });

  test('pass to the oldest address when their address is deleted', async () => {
    const ada = await customer();
    const first = await add(ada, 'first');
    await add(ada, 'second');
    await add(ada, 'third', { defaultFor: ['BILLING'] });
    expect(await call(ada, DELETE, { id: first.id })).toEqual({ deletedId: first.id, userErrors: [] });
    expect(await defaultsOf(ada)).toEqual(['second', 'third']);
  });
});

test('an address is replaced as a whole, and only in the expected version', async () => {
  const ada = await customer();
  const { id, version } = await add(ada, 'old');
  const input = { id, address: { ...ADDRESS, line1: 'new' }, expectedVersion: version };
  expect(await call(ada, UPDATE, input)).toMatchObject({ customerAddress: { address: { line1: 'new' } } });
  expect(await call(ada, UPDATE, input)).toMatchObject({ userErrors: [{ code: 'VERSION_CONFLICT' }] });
});

test.each([
  ['a postal code', { postalCode: '1' }, 'postalCode'],
  ['a phone number', { phone: '12' }, 'phone'],
])('%s that does not fit the country is refused, in a new and in a changed address', async (_what, wrong, field) => {
  const ada = await customer();
  const { id } = await add(ada, 'right');
  const address = { ...ADDRESS, ...wrong };
  const refused = { customerAddress: null, userErrors: [{ code: 'INVALID_INPUT', field: ['address', field] }] };
  expect(await call(ada, ADD, { address })).toEqual(refused);
  expect(await call(ada, UPDATE, { id, address })).toEqual(refused);
});

test('a customer has at most 50 addresses, also when two are added at once', async () => {
  const ada = await customer();
  const admin = await accounts.database.connect();
  await admin.query(
    `insert into accounts.customer_address (tenant_id, id, customer_id, address)
     select $1, gen_random_uuid(), $2, '{}'::jsonb from generate_series(2, $3)`,
    [tenantId, ada.customerId, MOST_ADDRESSES],
  );
  const answers = await Promise.all([1, 2].map(() => call(ada, ADD, { address: ADDRESS })));
  expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([{ code: 'ADDRESS_LIMIT_REACHED', field: null }]);
});

test('a customer neither sees nor changes the addresses of another customer', async () => {
  const [ada, eve] = [await customer(), await customer()];
  const { id } = await add(ada, 'private');
  const unknown = { userErrors: [{ code: 'NOT_FOUND', field: ['id'] }] };
  expect(await call(eve, UPDATE, { id, address: ADDRESS })).toMatchObject(unknown);
  expect(await call(eve, DEFAULT, { id, defaultFor: ['SHIPPING'] })).toMatchObject(unknown);
  expect(await call(eve, DELETE, { id })).toMatchObject(unknown);
  expect(await call(eve, DELETE, { id: randomUUID() })).toMatchObject(unknown);
  expect(await addressesOf(ada, eve)).toBeNull();
  const foreign = await accounts.execute(eve, ADD, { input: { customerId: ada.customerId, address: ADDRESS } });
  expect(foreign.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  expect(await addressesOf(ada, ada)).toMatchObject([{ address: { line1: 'private' } }]);
});

test('staff add and change addresses of customers, with the scope for it', async () => {
  const ada = await customer();
  const { id } = await add(staff, 'by staff', { customerId: ada.customerId });
  expect(await addressesOf(ada, staff)).toMatchObject([{ id }]);
  expect(await call(staff, DELETE, { id })).toMatchObject({ deletedId: id });
  const unknown = { customerId: randomUUID(), address: ADDRESS };
  expect(await call(staff, ADD, unknown)).toMatchObject({ userErrors: [{ code: 'NOT_FOUND', field: ['customerId'] }] });
  expect(await call(staff, ADD, { address: ADDRESS })).toMatchObject({
    userErrors: [{ code: 'INVALID_INPUT', field: ['customerId'] }],
  });
  const reader = testActors(['customers:read'], tenantId).staff;
  const input = { customerId: ada.customerId, address: ADDRESS };
  for (const [caller, code] of [
    [reader, 'FORBIDDEN'],
    [testActors([], tenantId).shopper, 'UNAUTHENTICATED'],
  ] as const)
    expect((await accounts.execute(caller, ADD, { input })).errors).toMatchObject([{ extensions: { code } }]);
});
