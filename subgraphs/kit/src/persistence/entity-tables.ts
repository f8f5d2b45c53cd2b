import type { EntitySchemaWithMeta, InferKyselyDB } from '@mikro-orm/postgresql';

/**
 * Kysely's table types, which are inferred from entities. An entity is the only description of its table's columns, so a subgraph writes
 * `type XxxDatabase = EntityTables<(typeof entities)[number]>`. An insert may omit nullable columns and columns that the database or a hook
 * fills (`default`, `defaultRaw`, `onCreate`).
 */
export type EntityTables<Entity extends EntitySchemaWithMeta> = InferKyselyDB<Entity, { processOnCreateHooks: true }>;
