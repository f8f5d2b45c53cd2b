import type { EntityManager } from '@mikro-orm/postgresql';
import type { RequestContext } from '../context/index.ts';

/** Weak: an entity manager lives as long as its unit of work. */
const contexts = new WeakMap<EntityManager, RequestContext>();

/** Tells the hooks of `baseColumns` on whose behalf this entity manager writes. */
export function bindContext(em: EntityManager, ctx: RequestContext): void {
  contexts.set(em, ctx);
}

/** @throws Error for an entity manager that no unit of work made. */
export function contextOf(em: EntityManager): RequestContext {
  const ctx = contexts.get(em);
  if (!ctx) throw new Error('Entities are created and changed inside a unit of work only');
  return ctx;
}
