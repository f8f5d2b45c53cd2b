import { z } from 'zod';
import type { RequestContext } from '@souk/kit/context';

const actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('anonymous') }),
  z.object({
    kind: z.literal('user'),
    userId: z.string(),
    role: z.string(),
    scopes: z.array(z.string()).readonly(),
    groups: z.array(z.string()).readonly().exactOptional(),
    customerId: z.string().exactOptional(),
    company: z.object({ id: z.string(), vatId: z.string().nullable() }).exactOptional(),
  }),
  z.object({ kind: z.literal('system'), name: z.string() }),
]);

/** The part of a request context that a command contains. */
export const commandContext = z.object({
  tenantId: z.uuid(),
  actor,
  requestId: z.string(),
  correlationId: z.string(),
  locale: z.string(),
  channelId: z.uuid().exactOptional(),
  trace: z.object({ traceparent: z.string(), tracestate: z.string().exactOptional() }).exactOptional(),
});

/**
 * Selects the part of a context that a command contains. The properties are listed one by one, because data loaders and forwarded headers may
 * be attached to a context.
 */
export function commandContextOf(context: RequestContext): z.infer<typeof commandContext> {
  const { tenantId, actor: caller, requestId, correlationId, locale, channelId, trace } = context;
  return {
    tenantId,
    actor: caller,
    requestId,
    correlationId,
    locale,
    ...(channelId !== undefined && { channelId }),
    ...(trace && { trace }),
  };
}
