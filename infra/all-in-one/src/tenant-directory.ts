import type { AccountsServices } from '@souk/accounts';
import type { TenantDirectory } from '@souk/gateway';

/** How long an answer is believed. A new tenant or host is known everywhere after so long. */
const BELIEVED_MS = 10_000;
/** Names that strangers invent must not fill the memory. */
const REMEMBERED = 10_000;

/** The tenants of accounts as the gateway asks for them: answered from memory, because it asks on every request. */
export function tenantDirectory(accounts: AccountsServices, defaultTenantId: string | null): TenantDirectory {
  const byHost = remembered(async (host) => (await accounts.tenantByHost(host))?.id ?? null);
  const byId = remembered((id) => accounts.tenantById(id));
  return {
    defaultTenantId,
    byHost,
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
    const answer = ask(name);
    answers.set(name, { answer, until: performance.now() + BELIEVED_MS });
    // A question that failed is asked again.
    answer.catch(() => answers.delete(name));
    return answer;
  };
}
