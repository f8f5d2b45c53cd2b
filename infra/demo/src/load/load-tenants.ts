import type { AccountsServices } from '@souk/accounts';
import type { DemoTenant } from '../shops/tenants.ts';

/** Creates the tenant and its owner, unless they exist. */
export async function ensureTenant(
  accounts: AccountsServices,
  { id, slug, name, host, owner }: DemoTenant,
): Promise<void> {
  // The plan with the highest limits, so that visitors of the demo do not reach a limit.
  await accounts.createTenant({ id, slug, name, hosts: [host], plan: 'ENTERPRISE' });
  await accounts.createUser({ tenantId: id, ...owner, role: 'OWNER' });
}
