import { SubgraphUnavailableError } from '@souk/gateway';
import type { RouteDefinition } from '@souk/kit/contracts';
import type { ContextSigner } from '@souk/platform/http';
import { request, type Dispatcher } from 'undici';

const PATIENCE_MS = 3000;

export interface RouteClientOptions {
  /** The `/graphql` URLs of the processes of the subgraph, or of their load balancer. */
  readonly urls: readonly string[];
  readonly signer: ContextSigner;
  readonly dispatcher: Dispatcher;
}

/** Sends a request to a route of a subgraph. @throws SubgraphUnavailableError when no process answers */
export type RouteClient = <Reply>(
  route: RouteDefinition<unknown, Reply>,
  query?: Readonly<Record<string, string>>,
) => Promise<Reply>;

/** Creates a client of a subgraph's routes. The client tries the processes one after the other until one answers. */
export function routeClient(subgraph: string, { urls, signer, dispatcher }: RouteClientOptions): RouteClient {
  return async ({ path, reply }, query = {}) => {
    const failures: unknown[] = [];
    for (const url of urls) {
      try {
        const address = new URL(`${path}?${new URLSearchParams(query).toString()}`, url);
        return reply.parse(await answerOf(address, { ...signer.ownHeaders(subgraph) }, dispatcher));
      } catch (error) {
        failures.push(error);
      }
    }
    const cause = new AggregateError(failures);
    throw new SubgraphUnavailableError('UNREACHABLE', `no process of ${subgraph} answers`, { cause });
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
