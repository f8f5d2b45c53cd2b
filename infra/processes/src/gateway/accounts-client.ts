import { ApiKeyRoute, EndedSessionsRoute, KeysRoute, TenantRoute } from '@souk/accounts/contract';
import type { EndedSessionSource, TenantSource } from '@souk/deployment/gateway';
import { SubgraphUnavailableError, type IdentityProvider } from '@souk/gateway';
import type { RouteDefinition } from '@souk/kit/contracts';
import type { ContextSigner } from '@souk/platform/http';
import type { JSONWebKeySet } from 'jose';
import { request, type Dispatcher } from 'undici';

const PATIENCE_MS = 3000;

/** The requests that a gateway sends to the subgraph accounts outside of GraphQL. */
export interface AccountsClient extends Required<IdentityProvider>, TenantSource, EndedSessionSource {}

export interface AccountsClientOptions {
  /** The `/graphql` URLs of the processes of accounts, or of their load balancer. */
  readonly urls: readonly string[];
  readonly signer: ContextSigner;
  readonly dispatcher: Dispatcher;
}

/** Creates the client. It tries the processes one after the other until one answers. @throws SubgraphUnavailableError when none answers */
export function accountsClient({ urls, signer, dispatcher }: AccountsClientOptions): AccountsClient {
  const ask = async <Reply>(
    { path, reply }: RouteDefinition<unknown, Reply>,
    query: Readonly<Record<string, string>> = {},
  ): Promise<Reply> => {
    const failures: unknown[] = [];
    for (const url of urls) {
      try {
        const address = new URL(`${path}?${new URLSearchParams(query).toString()}`, url);
        return reply.parse(await answerOf(address, { ...signer.ownHeaders('accounts') }, dispatcher));
      } catch (error) {
        failures.push(error);
      }
    }
    const cause = new AggregateError(failures);
    throw new SubgraphUnavailableError('UNREACHABLE', 'no process of accounts answers', { cause });
  };
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

async function answerOf(url: URL, headers: Record<string, string>, dispatcher: Dispatcher): Promise<unknown> {
  const { statusCode, body } = await request(url, {
    headers,
    dispatcher,
    headersTimeout: PATIENCE_MS,
    bodyTimeout: PATIENCE_MS,
  });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`${url.origin}${url.pathname} returned ${statusCode}`);
  return JSON.parse(text);
}
