import type { RequestContext } from '@souk/kit/context';
import type { Clock } from '@souk/kit/domain';
import type { ContextSeal } from '@souk/kit/nats';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';

const actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('anonymous') }),
  z.object({
    kind: z.literal('user'),
    userId: z.string(),
    role: z.string(),
    scopes: z.array(z.string()).readonly(),
  }),
  z.object({ kind: z.literal('system'), name: z.string() }),
]);

const sealed = z.object({
  context: z.object({
    tenantId: z.uuid(),
    actor,
    requestId: z.string(),
    correlationId: z.string(),
    locale: z.string(),
    trace: z.object({ traceparent: z.string(), tracestate: z.string().exactOptional() }).exactOptional(),
  }),
});

/** Longer than any command may take. */
const LIFETIME_SECONDS = 60;
const ISSUER_AND_AUDIENCE = 'souk-commands';

/**
 * The tokens of versions that do not seal commands: a JWT of a minute under the secret that all subgraphs share. Processes understand
 * them only while an update from such a version goes on, because the secret proves no single subgraph.
 */
export function sharedSecretSeal(secret: string, clock: Clock): ContextSeal {
  const key = Buffer.from(secret);
  return {
    seal(context) {
      const nowSeconds = Math.floor(clock.now().getTime() / 1000);
      return new SignJWT({ context: contextOf(context) })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(ISSUER_AND_AUDIENCE)
        .setAudience(ISSUER_AND_AUDIENCE)
        .setExpirationTime(nowSeconds + LIFETIME_SECONDS)
        .sign(key);
    },
    async open(token) {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['HS256'],
        issuer: ISSUER_AND_AUDIENCE,
        audience: ISSUER_AND_AUDIENCE,
        currentDate: clock.now(),
      });
      return sealed.parse(payload).context;
    },
  };
}

/** Named one by one: loaders and forwarded headers may hang on a context. */
function contextOf({ tenantId, actor: who, requestId, correlationId, locale, trace }: RequestContext): RequestContext {
  return { tenantId, actor: who, requestId, correlationId, locale, ...(trace && { trace }) };
}
