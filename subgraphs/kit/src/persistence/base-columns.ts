import { randomUUID } from 'node:crypto';
import { p, type EntityManager } from '@mikro-orm/postgresql';
import { actorId } from '../context/index.ts';
import { contextOf } from './work-context.ts';

// The hooks get the core EntityManager; ours is always the one of Postgres.
const tenantOf = (_entity: unknown, em: unknown) => contextOf(em as EntityManager).tenantId;
// Null for a shopper or the platform; the builder's hook types leave out the null of `nullable()`.
const actorOf = (_entity: unknown, em: unknown) => actorId(contextOf(em as EntityManager)) as string;

/** `tenant_id` of an entity without `baseColumns`. The column's default fills it for statements that go past the ORM. */
export const tenantColumn = { tenantId: p.uuid().onCreate(tenantOf) };

/**
 * The properties that every aggregate shares; their columns come from `stamped('<table>')` in the migration.
 * `id` alone is the primary key of the ORM; in the database it is (tenant_id, id).
 * They fill themselves: id and tenant when created, the rest on every change. A statement that goes past the ORM gets
 * the same from the trigger `stamp_row`.
 */
export const baseColumns = {
  id: p
    .uuid()
    .primary()
    .onCreate(() => randomUUID()),
  tenantId: p.uuid().onCreate(tenantOf),
  createdAt: p.datetime().onCreate(() => new Date()),
  createdBy: p.uuid().nullable().onCreate(actorOf),
  updatedAt: p
    .datetime()
    .onCreate(() => new Date())
    .onUpdate(() => new Date()),
  updatedBy: p.uuid().nullable().onCreate(actorOf).onUpdate(actorOf),
  /** Optimistic lock: a change that was overtaken throws OptimisticLockError, which the unit of work retries. */
  version: p.integer().version().default(1),
  /** When it was deleted; see `notDeleted`. */
  deletedAt: p.datetime().nullable(),
};

/**
 * Hides rows with `deletedAt`: `defineEntity({ ..., filters: notDeleted })`. Switch it off for one query with
 * `{ filters: { notDeleted: false } }`. Kysely knows nothing of it: name `deleted_at is null` there.
 */
export const notDeleted = { notDeleted: { name: 'notDeleted', cond: { deletedAt: null }, default: true } };
