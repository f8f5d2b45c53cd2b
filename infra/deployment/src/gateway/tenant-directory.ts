import type { TenantDirectory } from '@souk/gateway';

/** The source of tenants. */
export interface TenantSource {
  tenantById(id: string): Promise<FoundTenant | null>;
  tenantBySlug(slug: string): Promise<FoundTenant | null>;
  tenantByHost(host: string): Promise<FoundTenant | null>;
}

/** The members of a tenant that the gateway uses. */
interface FoundTenant {
  readonly id: string;
  readonly plan: string;
}

/** How long a cached answer is used, in ms. Every gateway knows a new tenant or host after this time. */
const BELIEVED_MS = 10_000;
/**
 * How long to wait for the accounts subgraph, in ms. Then the cached answer is used, because requests must not wait for a process that
 * hangs.
 */
const PATIENCE_MS = 250;
/** The maximum number of cached names. Invented names must not fill the memory. */
const REMEMBERED = 10_000;

/** The directory of tenants, cached in memory because the gateway uses it on every request. */
export function tenantDirectory(accounts: TenantSource, defaultTenantId: string | null): TenantDirectory {
  const byHost = remembered(async (host) => (await accounts.tenantByHost(host))?.id ?? null);
  const bySlug = remembered(async (slug) => (await accounts.tenantBySlug(slug))?.id ?? null);
  const byId = remembered((id) => accounts.tenantById(id));
  return {
    defaultTenantId,
    byHost,
    bySlug,
    exists: async (id) => (await byId(id)) !== null,
    planOf: async (id) => (await byId(id))?.plan ?? null,
  };
}

function remembered<Answer>(ask: (name: string) => Promise<Answer>): (name: string) => Promise<Answer> {
  const answers = new Map<string, { readonly answer: Promise<Answer>; readonly until: number }>();
  return (name) => {
    const known = answers.get(name);
    if (known && known.until > performance.now()) return known.answer;
    if (answers.size >= REMEMBERED) answers.clear();
    const answer = known ? newOrKnown(ask(name), known.answer) : ask(name);
    answers.set(name, { answer, until: performance.now() + BELIEVED_MS });
    // The answer of a failed request is not cached.
    answer.catch(() => answers.delete(name));
    return answer;
  };
}

/** The new answer. While accounts does not answer, the last answer remains valid, because tenants rarely change. */
function newOrKnown<Answer>(asked: Promise<Answer>, known: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve) => {
    const useKnown = () => resolve(known);
    const timer = setTimeout(useKnown, PATIENCE_MS);
    void asked.then(resolve, useKnown).finally(() => clearTimeout(timer));
  });
}
