import type { AccountsServices } from '@souk/accounts';
import type { DemoTenant } from '../shops/tenants.ts';

/** Creates a tenant with an owner and one more staff member, unless the tenant exists. */
export async function ensureTenant(
  accounts: AccountsServices,
  { id, slug, name, host, owner, staff }: DemoTenant,
): Promise<void> {
  // ENTERPRISE has the highest limits, so visitors of the demo do not exceed them.
  await accounts.createTenant({ id, slug, name, hosts: [host], plan: 'ENTERPRISE' });
  await accounts.createUser({ tenantId: id, ...owner, role: 'OWNER' });
  await accounts.createUser({ tenantId: id, ...staff, role: 'STAFF' });
}
