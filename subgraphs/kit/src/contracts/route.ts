import type { z } from 'zod';

/**
 * An HTTP route that the processes of a subgraph serve beside GraphQL, for requests whose tenant is not known yet. Requests are GET,
 * and replies are JSON. The subgraph's `contract.ts` declares the route.
 */
export interface RouteDefinition<Query = unknown, Reply = unknown> {
  readonly path: `/${string}`;
  /** `GATEWAYS` permits only requests that a gateway of the deployment has signed. */
  readonly callers: 'ANYONE' | 'GATEWAYS';
  /** The schema of the query string. */
  readonly query: z.ZodType<Query>;
  /** The schema of the reply. The server and the client both parse the reply, so a date is `z.coerce.date()`. */
  readonly reply: z.ZodType<Reply>;
}

/** The definition of a route, and the function that handles its requests. */
export interface RouteHandler {
  readonly route: RouteDefinition;
  /** @param query the query that the schema of the route has parsed */
  handle(query: unknown): Promise<unknown>;
}

export function defineRoute<Query, Reply>(definition: RouteDefinition<Query, Reply>): RouteDefinition<Query, Reply> {
  return definition;
}

/** Binds a route to the function that handles its requests. */
export function handleRoute<Query, Reply>(
  route: RouteDefinition<Query, Reply>,
  handler: (query: Query) => Promise<Reply>,
): RouteHandler {
  return { route, handle: async (query) => route.reply.parse(await handler(query as Query)) };
}
