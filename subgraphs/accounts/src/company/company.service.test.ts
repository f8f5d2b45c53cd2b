import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testActors, type TestActors } from '@souk/kit/testing';
import { decodeJwt } from 'jose';
import { startAccounts, type AccountsFixture } from '../testing/accounts-fixture.ts';

let accounts: AccountsFixture;
let actors: TestActors;
beforeAll(async () => {
  accounts = await startAccounts();
  const { id } = await accounts.services.createTenant({ slug: 'companies', name: 'companies', hosts: [] });
  actors = testActors(['customers:read', 'customers:write'], id);
});
afterAll(() => accounts.close());

const FIELDS = 'company { id name vatId version } userErrors { code field }';
const VAT_ID = 'FR40303265045';

interface Payload {
  readonly company: { readonly id: string; readonly vatId: string | null; readonly version: number } | null;
  readonly deletedId?: string | null;
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] | null }[];
}

async function change(name: string, input: object, by = actors.staff): Promise<Payload> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const fields = name === 'companyDelete' ? 'deletedId userErrors { code field }' : FIELDS;
  const source = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} } }`;
  const { data, errors } = await accounts.execute(by, source, { input });
  if (errors) throw new Error(errors[0]?.extensions.code);
  return data?.[name] as Payload;
}

async function newCompany(vatId: string | null = null): Promise<string> {
  return (await change('companyCreate', { name: 'Lamps SARL', vatId })).company?.id ?? '';
}

/** Creates the account of a shopper. @returns the id of the customer */
async function newCustomer(email: string): Promise<string> {
  const user = { tenantId: actors.tenantId, email, password: 'a long password', role: 'SHOPPER' } as const;
  await accounts.services.createUser(user);
  const { data } = await accounts.execute(actors.staff, '{ customers(first: 200) { nodes { id email } } }');
  const { nodes } = (data as { customers: { nodes: { id: string; email: string }[] } }).customers;
  return nodes.find((node) => node.email === email)?.id ?? '';
}

async function companyClaimOf(email: string) {
  const source = `mutation { login(input: { email: "${email}", password: "a long password" }) { accessToken } }`;
  const { data } = await accounts.execute(actors.shopper, source);
  return decodeJwt((data as { login: { accessToken: string } }).login.accessToken)['company'];
}

async function published(companyId: string): Promise<unknown[]> {
  const admin = await accounts.database.connect();
  const { rows } = await admin.query<{ payload: unknown }>(
    'select payload from accounts.outbox_event where aggregate_id = $1 order by position',
    [companyId],
  );
  return rows.map(({ payload }) => payload);
}

describe('a company', () => {
  test('is created, changed, listed and deleted, and each change is published', async () => {
    const id = await newCompany('fr 40 303.265.045');
    expect((await change('companyUpdate', { id, name: 'Lamps SAS', expectedVersion: 1 })).company).toEqual({
      id,
      name: 'Lamps SAS',
      vatId: VAT_ID,
      version: 2,
    });
    const list = async () => (await accounts.execute(actors.staff, '{ companies { nodes { id } } }')).data;
    expect(await list()).toEqual({ companies: { nodes: [{ id }] } });
    expect((await change('companyUpdate', { id, vatId: null })).company).toMatchObject({ vatId: null });
    expect(await change('companyDelete', { id })).toEqual({ deletedId: id, userErrors: [] });
    expect(await list()).toEqual({ companies: { nodes: [] } });
    expect(await published(id)).toEqual([
      { companyId: id, name: 'Lamps SARL', vatId: VAT_ID, change: 'CREATED' },
      { companyId: id, name: 'Lamps SAS', vatId: VAT_ID, change: 'UPDATED' },
      { companyId: id, name: 'Lamps SAS', vatId: null, change: 'UPDATED' },
      { companyId: id, name: 'Lamps SAS', vatId: null, change: 'DELETED' },
    ]);
  });

  test('is refused with a wrong VAT id, an old version or an unknown id', async () => {
    const id = await newCompany();
    const wrong = [{ code: 'TAX_ID_INVALID', field: ['vatId'] }];
    expect((await change('companyCreate', { name: 'x', vatId: 'FR40303265046' })).userErrors).toEqual(wrong);
    expect((await change('companyUpdate', { id, vatId: '40303265045' })).userErrors).toEqual(wrong);
    const codesOf = ({ userErrors }: Payload) => userErrors.map(({ code }) => code);
    expect(codesOf(await change('companyUpdate', { id, name: 'x', expectedVersion: 9 }))).toEqual(['VERSION_CONFLICT']);
    expect(codesOf(await change('companyUpdate', { id: randomUUID(), name: 'x' }))).toEqual(['NOT_FOUND']);
  });

  test('is for staff of the shop', async () => {
    const id = await newCompany();
    await expect(change('companyCreate', { name: 'x' }, actors.shopper)).rejects.toThrow('UNAUTHENTICATED');
    const reader = actors.staffWith('customers:read');
    await expect(change('companyDelete', { id }, reader)).rejects.toThrow('FORBIDDEN');
    expect((await change('companyDelete', { id }, actors.otherTenant)).userErrors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
    const ENTITY = 'query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on Company { name } } }';
    const ids = [{ __typename: 'Company', id }];
    expect((await accounts.execute(actors.stranger, ENTITY, { ids })).data).toEqual({ _entities: [null] });
    expect((await accounts.execute(reader, ENTITY, { ids })).data).toMatchObject({ _entities: [{}] });
  });
});

describe('the members of a company', () => {
  test('buy for one company: their tokens name it with its VAT id, until they leave or the company is deleted', async () => {
    const [id, other] = [await newCompany(VAT_ID), await newCompany()];
    const customerIds = [await newCustomer('one@firm.test'), await newCustomer('two@firm.test')];
    expect(await companyClaimOf('one@firm.test')).toBeUndefined();
    await change('companyMembersAdd', { id, customerIds });
    expect(await companyClaimOf('one@firm.test')).toEqual({ id, vatId: VAT_ID });
    expect((await change('companyMembersAdd', { id: other, customerIds })).userErrors).toEqual([
      { code: 'MEMBER_OF_OTHER_COMPANY', field: ['customerIds', '0'] },
    ]);
    const MEMBERS = 'query ($id: ID!) { company(id: $id) { version customers { nodes { email company { name } } } } }';
    expect((await accounts.execute(actors.staff, MEMBERS, { id })).data).toEqual({
      company: {
        version: 2,
        customers: {
          nodes: expect.arrayContaining([
            { email: 'one@firm.test', company: { name: 'Lamps SARL' } },
            { email: 'two@firm.test', company: { name: 'Lamps SARL' } },
          ]),
        },
      },
    });
    await change('companyMembersRemove', { id, customerIds: [...customerIds.slice(0, 1), randomUUID()] });
    expect((await change('companyMembersAdd', { id: other, customerIds: customerIds.slice(0, 1) })).userErrors).toEqual(
      [],
    );
    expect(await companyClaimOf('one@firm.test')).toEqual({ id: other, vatId: null });
    await change('companyDelete', { id });
    expect(await companyClaimOf('two@firm.test')).toBeUndefined();
    expect((await published(id)).slice(1, 3)).toEqual([
      { companyId: id, added: expect.arrayContaining(customerIds), removed: [] },
      { companyId: id, added: [], removed: customerIds.slice(0, 1) },
    ]);
  });

  test('buy for one company, also when two companies add them at the same time', async () => {
    const customerIds = [await newCustomer('popular@firm.test')];
    const ids = await Promise.all([newCompany(), newCompany(), newCompany()]);
    const added = await Promise.all(ids.map((id) => change('companyMembersAdd', { id, customerIds })));
    expect(added.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
  });

  test('must exist, and must be at most 500 per call', async () => {
    const id = await newCompany();
    expect((await change('companyMembersAdd', { id, customerIds: [randomUUID()] })).userErrors).toEqual([
      { code: 'NOT_FOUND', field: ['customerIds', '0'] },
    ]);
    const many = Array.from({ length: 501 }, () => randomUUID());
    expect((await change('companyMembersAdd', { id, customerIds: many })).userErrors).toMatchObject([
      { code: 'INVALID_INPUT' },
    ]);
  });
});
