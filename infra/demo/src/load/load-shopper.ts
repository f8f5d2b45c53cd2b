import type { Subgraphs } from '@souk/deployment/subgraphs';
import type { RequestContext } from '@souk/kit/context';
import type { DemoShopper } from '../shops/tenants.ts';
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

/** Creates the account of a shopper with postal addresses, unless the account exists. */
export async function loadShopper(
  { accounts }: Subgraphs,
  ctx: RequestContext,
  { email, password, addresses }: DemoShopper,
): Promise<void> {
  await accounts.services.createUser({ tenantId: ctx.tenantId, email, password, role: 'SHOPPER' });
  const { customers } = await runOperation<Customers>(accounts.schema, ctx, CUSTOMERS);
  const customer = customers.nodes.find((each) => each.email === email);
  if (!customer) throw new Error(`The account ${email} of the demo has no customer. Start with an empty data folder.`);
  for (const address of addresses.slice(customer.addresses.length)) {
    const defaultFor = address === addresses.at(-1) ? ['BILLING'] : [];
    await runOperation(accounts.schema, ctx, ADDRESS_ADD, { input: { customerId: customer.id, address, defaultFor } });
  }
}
