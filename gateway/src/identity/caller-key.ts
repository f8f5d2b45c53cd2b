import type { Actor, RequestContext } from '@souk/kit/context';

/** A request context with the client's headers that the gateway forwards to subgraphs. */
export interface ForwardingContext extends RequestContext {
  /**
   * The headers that the gateway forwards. An answer may depend on each of these headers. The names are in lower case, in the same order
   * for all callers.
   */
  readonly forwarded?: Readonly<Record<string, string>>;
}

/**
 * A key that is equal for callers who get equal answers from every subgraph. The key consists of tenant, authority, language, sales
 * channel and forwarded headers.
 */
export function callerKey({ tenantId, actor, locale, channelId, forwarded }: ForwardingContext): string {
  // The key is built for each fetch. A WeakMap as a cache would cost more, mainly in the garbage collector.
  return JSON.stringify([tenantId, authorityOf(actor), locale, channelId ?? null, forwarded ?? null]);
}

/** Whether the caller has no credentials and no forwarded headers. All such callers of a tenant get the same answers in a language and channel. */
export function isPublicCaller({ actor, forwarded = {} }: ForwardingContext): boolean {
  return actor.kind === 'anonymous' && Object.keys(forwarded).length === 0;
}

function authorityOf(actor: Actor): readonly unknown[] {
  switch (actor.kind) {
    case 'anonymous':
      return [actor.kind];
    case 'system':
      return [actor.kind, actor.name];
    case 'user':
      return [
        actor.kind,
        actor.userId,
        actor.role,
        actor.scopes.toSorted(),
        actor.groups?.toSorted() ?? [],
        actor.customerId ?? null,
        actor.company?.id ?? null,
        actor.company?.vatId ?? null,
      ];
  }
}
