import type { TenantDirectory } from '@souk/gateway';

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

/** Lifetime of a cached look-up, in ms. A changed tenant works at every gateway after this time at the latest, also when its event is lost. */
const BELIEVED_MS = 10_000;
/**
 * How long to wait for the accounts subgraph, in ms. Afterwards the gateway uses the previous look-up, because a hanging process must not
 * delay requests.
 */
const PATIENCE_MS = 250;
/** The maximum number of cached names. Without a limit, requests with random host names would fill the memory. */
const REMEMBERED = 10_000;

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

interface Remembered<Answer> {
  get(name: string): Promise<Answer>;
  forget(name: string): void;
  clear(): void;
}

function remembered<Answer>(ask: (name: string) => Promise<Answer>): Remembered<Answer> {
  const answers = new Map<string, { readonly answer: Promise<Answer>; readonly until: number }>();
  const get = (name: string) => {
    const known = answers.get(name);
    if (known && known.until > performance.now()) return known.answer;
    if (answers.size >= REMEMBERED) answers.clear();
    const answer = known ? newOrKnown(ask(name), known.answer) : ask(name);
    answers.set(name, { answer, until: performance.now() + BELIEVED_MS });
    // A failed look-up is not cached.
    answer.catch(() => answers.delete(name));
    return answer;
  };
  return { get, forget: (name) => void answers.delete(name), clear: () => answers.clear() };
}

/**
 * Resolves to the new look-up, or to the previous look-up when the accounts subgraph fails or is too slow. Tenants rarely change, so the
 * previous look-up is usually right.
 */
function newOrKnown<Answer>(asked: Promise<Answer>, known: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve) => {
    const useKnown = () => resolve(known);
    const timer = setTimeout(useKnown, PATIENCE_MS);
    void asked.then(resolve, useKnown).finally(() => clearTimeout(timer));
  });
}
