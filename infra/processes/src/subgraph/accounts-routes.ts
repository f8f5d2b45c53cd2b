import type { AccountsServices } from '@souk/accounts';
import type { ContextVerifier } from '@souk/platform/http';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

/** Path of the public keys of access tokens. */
export const KEYS_PATH = '/.well-known/jwks.json';
/** Path of tenants: `?id=`, `?slug=` or `?host=`. */
export const TENANTS_PATH = '/tenants';

/** Path of recently ended sessions, which a starting gateway reads. `?time=&id=` is a position in time. */
export const ENDED_SESSIONS_PATH = '/ended-sessions';

const position = z.object({ time: z.coerce.date(), id: z.guid() });

interface TenantQuery {
  readonly id?: string;
  readonly slug?: string;
  readonly host?: string;
}

/** Serves the requests that gateways send outside of GraphQL: at their start, and for answers that they have not cached. */
export function addAccountsRoutes(app: FastifyInstance, accounts: AccountsServices, verifier: ContextVerifier): void {
  app.get(KEYS_PATH, async () => accounts.keys());
  app.get(ENDED_SESSIONS_PATH, async (request, reply) => {
    if (!(await verifier.isGateway(request.headers))) return reply.code(401).send();
    const after = position.safeParse(request.query);
    if (!after.success) return reply.code(400).send();
    return { sessions: await accounts.sessionsEndedAfter({ endedAt: after.data.time, sessionId: after.data.id }) };
  });
  app.get<{ Querystring: TenantQuery }>(TENANTS_PATH, async (request, reply) => {
    if (!(await verifier.isGateway(request.headers))) return reply.code(401).send();
    const { id, slug, host } = request.query;
    if (id !== undefined) return { tenant: await accounts.tenantById(id) };
    if (slug !== undefined) return { tenant: await accounts.tenantBySlug(slug) };
    return { tenant: host === undefined ? null : await accounts.tenantByHost(host) };
  });
}
