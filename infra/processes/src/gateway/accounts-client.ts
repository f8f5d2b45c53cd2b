import type { EndedSessionSource, TenantSource } from '@souk/deployment/gateway';
import { SubgraphUnavailableError, type IdentityProvider } from '@souk/gateway';
import type { ContextSigner } from '@souk/platform/http';
import type { JSONWebKeySet } from 'jose';
import { request, type Dispatcher } from 'undici';
import { z } from 'zod';
import { ENDED_SESSIONS_PATH, KEYS_PATH, TENANTS_PATH } from '../subgraph/accounts-routes.ts';

const PATIENCE_MS = 3000;

const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

const tenantAnswer = z.object({ tenant: z.object({ id: z.uuid(), plan: z.string() }).nullable() });

const endedSessionsAnswer = z.object({
  sessions: z.array(z.object({ sessionId: z.uuid(), endedAt: z.coerce.date() })),
});

/** The requests that a gateway sends to accounts outside of GraphQL. */
export interface AccountsClient extends IdentityProvider, TenantSource, EndedSessionSource {}

export interface AccountsClientOptions {
  /** `/graphql` URLs of the processes of accounts, or of their load balancer. */
  readonly urls: readonly string[];
  readonly signer: ContextSigner;
  readonly dispatcher: Dispatcher;
}

/** Sends a request to one process after the other until a process answers. @throws SubgraphUnavailableError when no process answers */
export function accountsClient({ urls, signer, dispatcher }: AccountsClientOptions): AccountsClient {
  const ask = async (path: string): Promise<unknown> => {
    const failures: unknown[] = [];
    for (const url of urls) {
      try {
        return await answerOf(new URL(path, url), { ...signer.ownHeaders('accounts') }, dispatcher);
      } catch (error) {
        failures.push(error);
      }
    }
    const cause = new AggregateError(failures);
    throw new SubgraphUnavailableError('UNREACHABLE', 'no process of accounts answers', { cause });
  };
  const tenant = async (query: Readonly<Record<string, string>>) =>
    tenantAnswer.parse(await ask(`${TENANTS_PATH}?${new URLSearchParams(query).toString()}`)).tenant;
  return {
    keys: async () => keySet.parse(await ask(KEYS_PATH)) satisfies JSONWebKeySet,
    sessionsEndedAfter: async ({ endedAt, sessionId }) => {
      const after = new URLSearchParams({ time: endedAt.toISOString(), id: sessionId });
      return endedSessionsAnswer.parse(await ask(`${ENDED_SESSIONS_PATH}?${after.toString()}`)).sessions;
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
