import type { EntityManager } from '@mikro-orm/postgresql';
import type { Kysely } from 'kysely';
import type { RequestContext } from '../context/index.ts';
import type { Outbox } from './outbox.ts';

/** What code may do inside a unit of work. Everything here shares one connection and one Postgres transaction. */
export interface Transaction<Schema> {
  readonly ctx: RequestContext;
  /** `ctx.tenantId`: name it in queries too, so that indexes serve them. */
  readonly tenantId: string;
  /** For changes: entities, identity map, optimistic locking. Flushed before the commit. */
  readonly em: EntityManager;
  /** For hot reads and set-based writes. Sees what was flushed, not what `em` still holds. */
  readonly db: Kysely<Schema>;
  /** Events written with the change, published after the commit. */
  readonly outbox: Outbox;
}
