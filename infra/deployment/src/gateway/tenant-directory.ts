import type { TenantDirectory } from '@souk/gateway';
import { remembered } from './remembered.ts';

/** Finds tenants in the accounts subgraph, without a cache. */
export interface TenantSource {
  tenantById(id: string): Promise<FoundTenant | null>;
  tenantBySlug(slug: string): Promise<FoundTenant | null>;
  tenantByHost(host: string): Promise<FoundTenant | null>;
}

interface FoundTenant {
  readonly id: string;
  readonly plan: string;
}

/** A directory whose cached look-ups can be dropped. */
export interface CachedTenantDirectory extends TenantDirectory {
  /** Drops the cached look-ups of a tenant, which changed. */
  forget(tenant: { readonly tenantId: string; readonly slug: string; readonly hosts: readonly string[] }): void;
  /** Drops all cached look-ups. */
  forgetAll(): void;
}

/** The directory of tenants, cached in memory because the gateway uses it on every request. */
export function tenantDirectory(accounts: TenantSource, defaultTenantId: string | null): CachedTenantDirectory {
  const byHost = remembered(async (host) => (await accounts.tenantByHost(host))?.id ?? null);
  const bySlug = remembered(async (slug) => (await accounts.tenantBySlug(slug))?.id ?? null);
  const byId = remembered((id) => accounts.tenantById(id));
  return {
    defaultTenantId,
    byHost: byHost.get,
    bySlug: bySlug.get,
    exists: async (id) => (await byId.get(id)) !== null,
    planOf: async (id) => (await byId.get(id))?.plan ?? null,
    forget({ tenantId, slug, hosts }) {
      byId.forget(tenantId);
      bySlug.forget(slug);
      for (const host of hosts) byHost.forget(host);
    },
    forgetAll: () => [byHost, bySlug, byId].forEach(({ clear }) => clear()),
  };
}
