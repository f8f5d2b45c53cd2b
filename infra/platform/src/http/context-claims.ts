import { z } from 'zod';

/** The header with a signed context. A subscription has the context under the same name in `extensions.headers`. */
export const CONTEXT_HEADER = 'souk-context';

/** The JWT claim `iss` of signed contexts. */
export const CONTEXT_ISSUER = 'souk-gateway';

/** Lifetime of a signed context, in seconds. */
export const CONTEXT_LIFETIME_SECONDS = 60;

/**
 * The actors that a signed context may contain. `system` is missing, because the platform's own work uses commands instead of the gateway.
 */
const actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('anonymous') }),
  z.object({
    kind: z.literal('user'),
    userId: z.string(),
    role: z.string(),
    scopes: z.array(z.string()).readonly(),
    // `groups`, `customerId` and `company` are optional, because a gateway of an earlier version does not send them.
    groups: z.array(z.string()).readonly().exactOptional(),
    customerId: z.string().exactOptional(),
    company: z.object({ id: z.string(), vatId: z.string().nullable() }).exactOptional(),
  }),
]);

/** The claims of a signed context, besides the registered claims of RFC 7519. */
export const contextClaims = z.object({
  exp: z.number(),
  /** The nonce that the subgraph sent when the socket was opened. Present only in a token that renews the socket. */
  nonce: z.string().optional(),
  /** The context of the caller. Null in a request of the gateway itself, which has no caller. */
  context: z
    .object({
      tenantId: z.uuid(),
      actor,
      locale: z.string(),
      channelId: z.uuid().exactOptional(),
      clientAddress: z.string().optional(),
    })
    .nullable(),
});

export type ContextClaims = z.infer<typeof contextClaims>;
