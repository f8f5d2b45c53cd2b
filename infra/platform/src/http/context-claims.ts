import { z } from 'zod';

/** The header that carries a signed context. A subscription has the context under the same name in `extensions.headers`. */
export const CONTEXT_HEADER = 'souk-context';

/** The issuer of signed contexts. */
export const CONTEXT_ISSUER = 'souk-gateway';

/** Lifetime of a signed context, in seconds. */
export const CONTEXT_LIFETIME_SECONDS = 60;

/** The actors that a gateway can name. `system` is missing because the platform's own work uses commands and never passes the gateway. */
const actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('anonymous') }),
  z.object({
    kind: z.literal('user'),
    userId: z.string(),
    role: z.string(),
    scopes: z.array(z.string()).readonly(),
    // Optional, because a gateway of an earlier version sends none of them.
    groups: z.array(z.string()).readonly().exactOptional(),
    customerId: z.string().exactOptional(),
    company: z.object({ id: z.string(), vatId: z.string().nullable() }).exactOptional(),
  }),
]);

/** The claims of a signed context, besides the registered claims of RFC 7519. */
export const contextClaims = z.object({
  exp: z.number(),
  /** The nonce that the subgraph gave the socket. Present only in the renewal of a socket. */
  nonce: z.string().optional(),
  /** The context of the caller. Null in a request that the gateway sends for itself, on behalf of no caller. */
  context: z.object({ tenantId: z.uuid(), actor, locale: z.string(), clientAddress: z.string().optional() }).nullable(),
});

export type ContextClaims = z.infer<typeof contextClaims>;
