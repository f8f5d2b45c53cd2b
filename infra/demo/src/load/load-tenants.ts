import type { AccountsServices } from '@souk/accounts';
import type { DemoTenant } from '../shops/tenants.ts';

/** Makes the tenant and its owner, unless they are there. */
export async function ensureTenant(
  accounts: AccountsServices,
  { id, slug, name, host, owner }: DemoTenant,
): Promise<void> {
  // The demo is for trying things out: it has the plan with the most room.
  await accounts.createTenant({ id, slug, name, hosts: [host], plan: 'ENTERPRISE' });
  await accounts.createUser({ tenantId: id, ...owner, role: 'OWNER' });
}
