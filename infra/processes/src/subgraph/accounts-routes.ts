import type { AccountsServices } from '@souk/accounts';
import type { ContextVerifier } from '@souk/kit/http';
import type { FastifyInstance } from 'fastify';

/** Where gateways find the public keys of access tokens. */
export const KEYS_PATH = '/.well-known/jwks.json';
/** Where gateways find tenants: `?id=`, `?slug=` or `?host=`. */
export const TENANTS_PATH = '/tenants';

interface TenantQuery {
  readonly id?: string;
  readonly slug?: string;
  readonly host?: string;
}

/** What gateways ask of accounts beside GraphQL, on every request of which they do not know the answer. */
export function addAccountsRoutes(app: FastifyInstance, accounts: AccountsServices, verifier: ContextVerifier): void {
  app.get(KEYS_PATH, async () => accounts.keys());
  app.get<{ Querystring: TenantQuery }>(TENANTS_PATH, async (request, reply) => {
    if (!(await verifier.isGateway(request.headers))) return reply.code(401).send();
    const { id, slug, host } = request.query;
    if (id !== undefined) return { tenant: await accounts.tenantById(id) };
    if (slug !== undefined) return { tenant: await accounts.tenantBySlug(slug) };
    return { tenant: host === undefined ? null : await accounts.tenantByHost(host) };
  });
}
