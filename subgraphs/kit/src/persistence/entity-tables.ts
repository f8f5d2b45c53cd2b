import type { EntitySchemaWithMeta, InferKyselyDB } from '@mikro-orm/postgresql';

/**
 * Kysely's table types, inferred from entities. An entity is the only description of its table's columns:
 * `type XxxDatabase = EntityTables<(typeof entities)[number]>`. An insert may omit nullable columns and columns that the database or a hook
 * fills (`default`, `defaultRaw`, `onCreate`).
 */
export type EntityTables<Entity extends EntitySchemaWithMeta> = InferKyselyDB<Entity, { processOnCreateHooks: true }>;
