import type { Subgraphs } from '@souk/deployment/subgraphs';
import type { RequestContext } from '@souk/kit/context';
import type { DemoCompany, DemoShopper } from '../shops/tenants.ts';
import { runOperation } from './run-operation.ts';

const CUSTOMERS = '{ customers(first: 200) { nodes { id email addresses { id } } } }';
const ADDRESS_ADD = `mutation ($input: CustomerAddressAddInput!) {
  customerAddressAdd(input: $input) { userErrors { code message } }
}`;

interface Customers {
  readonly customers: {
    readonly nodes: readonly { readonly id: string; readonly email: string; readonly addresses: readonly unknown[] }[];
  };
}

const COMPANIES = '{ companies(first: 200) { nodes { id name } } }';
const COMPANY_CREATE = `mutation ($input: CompanyCreateInput!) {
  companyCreate(input: $input) { company { id } userErrors { code message } }
}`;
const MEMBERS_ADD = `mutation ($input: CompanyMembersAddInput!) {
  companyMembersAdd(input: $input) { userErrors { code message } }
}`;

interface Companies {
  readonly companies: { readonly nodes: readonly { readonly id: string; readonly name: string }[] };
}

/**
 * Creates the account of a shopper with postal addresses and a company, unless they exist.
 * @returns the id of the company. Null when the shopper has no company
 */
export async function loadShopper(
  subgraphs: Subgraphs,
  ctx: RequestContext,
  { email, password, addresses, company }: DemoShopper,
): Promise<string | null> {
  const { accounts } = subgraphs;
  await accounts.services.createUser({ tenantId: ctx.tenantId, email, password, role: 'SHOPPER' });
  const { customers } = await runOperation<Customers>(accounts.schema, ctx, CUSTOMERS);
  const customer = customers.nodes.find((each) => each.email === email);
  if (!customer) throw new Error(`The account ${email} of the demo has no customer. Start with an empty data folder.`);
  for (const address of addresses.slice(customer.addresses.length)) {
    const defaultFor = address === addresses.at(-1) ? ['BILLING'] : [];
    await runOperation(accounts.schema, ctx, ADDRESS_ADD, { input: { customerId: customer.id, address, defaultFor } });
  }
  if (!company) return null;
  const id = await loadCompany(subgraphs, ctx, company);
  await runOperation(accounts.schema, ctx, MEMBERS_ADD, { input: { id, customerIds: [customer.id] } });
  return id;
}

/** Creates a company, unless a company with this name exists. @returns its id */
export async function loadCompany({ accounts }: Subgraphs, ctx: RequestContext, input: DemoCompany): Promise<string> {
  const { companies } = await runOperation<Companies>(accounts.schema, ctx, COMPANIES);
  const known = companies.nodes.find(({ name }) => name === input.name);
  if (known) return known.id;
  const { companyCreate } = await runOperation<{ companyCreate: { company: { id: string } } }>(
    accounts.schema,
    ctx,
    COMPANY_CREATE,
    { input },
  );
  return companyCreate.company.id;
}
