import type { EntityManager } from '@mikro-orm/postgresql';
import type { RequestContext } from '../context/index.ts';

/** Weak: an entity manager lives as long as its unit of work. */
const contexts = new WeakMap<EntityManager, RequestContext>();

/** Tells the hooks of `baseColumns` on whose behalf this entity manager writes. */
export function bindContext(em: EntityManager, context: RequestContext): void {
  contexts.set(em, context);
}

/** @throws Error for an entity manager that no unit of work made. */
export function contextOf(em: EntityManager): RequestContext {
  const context = contexts.get(em);
  if (!context) throw new Error('Entities are created and changed inside a unit of work only');
  return context;
}
