import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EntityMetadata, EntityProperty, MikroORM } from '@mikro-orm/postgresql';
import type { OrmOptions } from '../persistence/index.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

/** Proves that the entities of a schema describe its migrated tables. Call the function at the top of a test file. */
export function describeEntityAgreement(schema: string, entities: OrmOptions['entities']): void {
  describe(`entities of ${schema}`, () => {
    let database: TestDatabase;
    beforeAll(async () => void (database = await createTestDatabase()));
    afterAll(() => database.drop());

    test('the entities describe the migrated database', async () => {
      expect(await entityDisagreements(await database.openOrm(schema, entities), schema)).toEqual([]);
    });
  });
}

interface Column {
  readonly table_name: string;
  readonly column_name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly filled_by_database: boolean;
}

/**
 * The differences between the entities and the migrated database. MikroORM's own comparison cannot be used: it would turn the keys
 * (tenant_id, id) into (id), and does not know the tables that no entity maps.
 */
export async function entityDisagreements(orm: MikroORM, schema: string): Promise<string[]> {
  const columns = await readColumns(orm, schema);
  const entities = [...orm.getMetadata().getAll().values()].filter((meta) => meta.tableName && !meta.virtual);
  return entities
    .flatMap((meta) =>
      compare(
        meta,
        columns.filter((column) => column.table_name === meta.tableName),
      ),
    )
    .sort();
}

function compare(meta: EntityMetadata, columns: readonly Column[]): string[] {
  if (columns.length === 0) return [`${meta.className}: table ${meta.tableName} does not exist`];
  const properties = meta.props.filter((property) => property.persist !== false && property.fieldNames);
  const mapped = new Map(
    properties.flatMap((property) => property.fieldNames.map((field) => [field, property] as const)),
  );
  const byName = new Map(columns.map((column) => [column.column_name, column]));

  const wrong = [...mapped].flatMap(([field, property]) =>
    compareColumn(`${meta.className}.${property.name}`, property, byName.get(field)),
  );
  const forgotten = columns
    .filter((column) => !mapped.has(column.column_name) && !column.nullable && !column.filled_by_database)
    .map(
      (column) => `${meta.className}: required column ${column.column_name} is not mapped, so no insert can succeed`,
    );
  return [...wrong, ...forgotten];
}

function compareColumn(name: string, property: EntityProperty, column: Column | undefined): string[] {
  if (!column) return [`${name}: column ${property.fieldNames.join()} does not exist`];
  const differences: string[] = [];
  const [type = ''] = property.columnTypes;
  if (canonical(type) !== column.type)
    differences.push(`${name}: ${canonical(type)} in the entity, ${column.type} in the database`);
  if (Boolean(property.nullable) !== column.nullable) {
    differences.push(`${name}: ${property.nullable ? 'nullable in the entity' : 'nullable in the database'} only`);
  }
  return differences;
}

/** A common name for a type that has different names in MikroORM and in `format_type`. */
function canonical(type: string): string {
  return type
    .replace(/^int$/, 'integer')
    .replace(/^varchar/, 'character varying')
    .replace(/^char\(/, 'character(')
    .replace(/^bool$/, 'boolean')
    .replace(/^timestamptz.*/, 'timestamp with time zone')
    .replace(/^(numeric)\((\d+), ?(\d+)\)$/, '$1($2,$3)');
}

async function readColumns(orm: MikroORM, schema: string): Promise<Column[]> {
  return orm.em.getConnection().execute<Column[]>(
    `select relname as table_name, attname as column_name,
            regexp_replace(format_type(atttypid, atttypmod), '^timestamp.*', 'timestamp with time zone') as type,
            not attnotnull as nullable, atthasdef or attidentity <> '' as filled_by_database
       from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
      where relnamespace = ?::regnamespace and relkind in ('r', 'p')`,
    [schema],
  );
}
