import { randomUUID } from 'node:crypto';
import { p, type EntityManager } from '@mikro-orm/postgresql';
import { actorId } from '../context/index.ts';
import { contextOf } from './work-context.ts';

// MikroORM types the argument of hooks as the core EntityManager. At runtime it is always the EntityManager of Postgres.
const tenantOf = (_entity: unknown, em: unknown) => contextOf(em as EntityManager).tenantId;
// The user's id. Null for the platform and for shoppers. The cast is needed because MikroORM's hook types do not allow null for a
// `nullable()` property.
const actorOf = (_entity: unknown, em: unknown) => actorId(contextOf(em as EntityManager)) as string;

/** `tenant_id` of an entity without `baseColumns`. The ORM sets the value on creation. For SQL statements, the column's default sets it. */
export const tenantColumn = { tenantId: p.uuid().onCreate(tenantOf) };

/**
 * The properties of `baseColumns` without `id` and `tenantId`, for a table with one row per tenant. The migration adds their columns with
 * `stamped('<table>')`.
 */
export const stampColumns = {
  createdAt: p.datetime().onCreate(() => new Date()),
  createdBy: p.uuid().nullable().onCreate(actorOf),
  updatedAt: p
    .datetime()
    .onCreate(() => new Date())
    .onUpdate(() => new Date()),
  updatedBy: p.uuid().nullable().onCreate(actorOf).onUpdate(actorOf),
  /** The optimistic lock. A change based on an outdated version throws OptimisticLockError, after which the unit of work runs again. */
  version: p.integer().version().default(1),
  /** The time of the deletion. Null for a row that is not deleted. See `notDeleted`. */
  deletedAt: p.datetime().nullable(),
};

/**
 * The properties of every aggregate. The migration adds their columns with `stamped('<table>')`. The primary key of the ORM is `id`. The
 * primary key in the database is (tenant_id, id). The ORM sets id and tenant on creation, and the other properties on every change. For
 * statements that bypass the ORM, the trigger `stamp_row` does the same.
 */
export const baseColumns = {
  id: p
    .uuid()
    .primary()
    .onCreate(() => randomUUID()),
  tenantId: p.uuid().onCreate(tenantOf),
  ...stampColumns,
};

/**
 * Hides rows with `deletedAt`: `defineEntity({ ..., filters: notDeleted })`. Disable the filter for one query with `{ filters: {
 * notDeleted: false } }`. Kysely does not apply the filter, so add `deleted_at is null` to Kysely queries.
 */
export const notDeleted = { notDeleted: { name: 'notDeleted', cond: { deletedAt: null }, default: true } };
