import type { EntityManager } from '@mikro-orm/postgresql';
import type { Kysely } from 'kysely';
import type { RequestContext } from '../context/index.ts';
import type { Outbox } from './outbox.ts';

/** The argument that a unit of work passes to its callback. All members share one connection and one Postgres transaction. */
export interface Transaction<Schema> {
  readonly ctx: RequestContext;
  /** The tenant of the context. Queries should contain it as a condition too, so that indexes can serve them. */
  readonly tenantId: string;
  /** The EntityManager, for changes: entities, identity map, optimistic locking. Its changes are flushed before the commit. */
  readonly em: EntityManager;
  /** Kysely, for hot reads and set-based writes. It sees flushed changes only, not the pending changes of `em`. */
  readonly db: Kysely<Schema>;
  /**
   * Takes a statement whose result the work does not need. The client sends the commit right behind the statement,
   * without waiting for a result. When the statement fails, the unit of work throws its error.
   */
  write(statement: Promise<unknown>): void;
  /** Collects events. They are written with the change and published after the commit. */
  readonly outbox: Outbox;
}

/** The argument that `quickRead` passes to its callback: the part of a `Transaction` that reads with SQL need. */
export type ReadTransaction<Schema> = Pick<Transaction<Schema>, 'ctx' | 'tenantId' | 'db'>;
