import type { EntityManager } from '@mikro-orm/postgresql';
import type { RequestContext } from '../context/index.ts';

/** The contexts of entity managers. The map is weak, because an entity manager lives as long as its unit of work. */
const contexts = new WeakMap<EntityManager, RequestContext>();

/** Binds an entity manager to the request context whose user and tenant the hooks of `baseColumns` write. */
export function bindContext(em: EntityManager, ctx: RequestContext): void {
  contexts.set(em, ctx);
}

/** The request context of an entity manager. @throws Error for an entity manager that no unit of work created */
export function contextOf(em: EntityManager): RequestContext {
  const ctx = contexts.get(em);
  if (!ctx) throw new Error('Entities can be created and changed only inside a unit of work. Use its `em`');
  return ctx;
}
