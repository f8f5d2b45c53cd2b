import type { Actor, RequestContext } from '@souk/kit/context';

/** A request context with headers of the client for the subgraphs. */
export interface ForwardingContext extends RequestContext {
  /** The forwarded headers. An answer may depend on each. Their names are in lower case, in the same order for all callers. */
  readonly forwarded?: Readonly<Record<string, string>>;
}

/** A key that is equal for callers who get equal answers from every subgraph: tenant, authority, language, forwarded headers. */
export function callerKey({ tenantId, actor, locale, forwarded }: ForwardingContext): string {
  // Built for each fetch. A WeakMap costs more, above all in the garbage collector.
  return JSON.stringify([tenantId, authorityOf(actor), locale, forwarded ?? null]);
}

/** Whether the caller has no credentials and no forwarded headers, so that its answers are the same for all such callers. */
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
      return [actor.kind, actor.userId, actor.role, actor.scopes.toSorted()];
  }
}
