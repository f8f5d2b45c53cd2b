import type { Actor, RequestContext } from '@souk/kit/context';

/** A context that carries headers of the client for the subgraphs. */
export interface ForwardingContext extends RequestContext {
  /** Lower-case names; in one order for all callers. An answer may depend on each of them. */
  readonly forwarded?: Readonly<Record<string, string>>;
}

/** Equal for callers whom every subgraph answers the same: tenant, authority, language, forwarded headers. */
export function callerKey({ tenantId, actor, locale, forwarded }: ForwardingContext): string {
  // Written anew for each fetch: to remember it in a WeakMap costs more, in the collector above all.
  return JSON.stringify([tenantId, authorityOf(actor), locale, forwarded ?? null]);
}

/** Whether the caller has shown nothing that an answer to it alone could depend on. */
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
