import type { EntitySchemaWithMeta, InferKyselyDB } from '@mikro-orm/postgresql';

/**
 * Kysely's table types of entities, so that an entity is the only description of its table's columns:
 * `type XxxDatabase = EntityTables<(typeof entities)[number]>`. Columns that the database or a hook fills (`default`,
 * `defaultRaw`, `onCreate`) and nullable ones may be left out of an insert.
 */
export type EntityTables<Entity extends EntitySchemaWithMeta> = InferKyselyDB<Entity, { processOnCreateHooks: true }>;
