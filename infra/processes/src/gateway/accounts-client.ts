import { ApiKeyRoute, EndedSessionsRoute, KeysRoute, TenantRoute } from '@souk/accounts/contract';
import type { EndedSessionSource, TenantSource } from '@souk/deployment/gateway';
import type { IdentityProvider } from '@souk/gateway';
import type { JSONWebKeySet } from 'jose';
import { routeClient, type RouteClientOptions } from './route-client.ts';

/** The requests that a gateway sends to the subgraph accounts outside of GraphQL. */
export interface AccountsClient extends Required<IdentityProvider>, TenantSource, EndedSessionSource {}

/** Creates the client. It tries the processes one after the other until one answers. @throws SubgraphUnavailableError when none answers */
export function accountsClient(options: RouteClientOptions): AccountsClient {
  const ask = routeClient('accounts', options);
  const tenant = async (query: Readonly<Record<string, string>>) => (await ask(TenantRoute, query)).tenant;
  return {
    apiKey: async (hash) => (await ask(ApiKeyRoute, { hash })).apiKey,
    keys: () => ask(KeysRoute) satisfies Promise<JSONWebKeySet>,
    sessionsEndedAfter: async ({ endedAt, sessionId }) => {
      const after = { time: endedAt.toISOString(), id: sessionId };
      return (await ask(EndedSessionsRoute, after)).sessions;
    },
    tenantById: (id) => tenant({ id }),
    tenantBySlug: (slug) => tenant({ slug }),
    tenantByHost: (host) => tenant({ host }),
  };
}
