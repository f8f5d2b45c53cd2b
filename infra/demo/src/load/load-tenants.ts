import type { AccountsServices } from '@souk/accounts';
import type { DemoTenant } from '../shops/tenants.ts';

/** Creates the tenant with its owner and a member of the staff, unless they exist. */
export async function ensureTenant(
  accounts: AccountsServices,
  { id, slug, name, host, owner, staff }: DemoTenant,
): Promise<void> {
  // The plan with the highest limits, so that visitors of the demo do not reach a limit.
  await accounts.createTenant({ id, slug, name, hosts: [host], plan: 'ENTERPRISE' });
  await accounts.createUser({ tenantId: id, ...owner, role: 'OWNER' });
  await accounts.createUser({ tenantId: id, ...staff, role: 'STAFF' });
}
