import type { EntitySchema, RequiredEntityData } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { CatalogTransaction } from './database.ts';

/** The number of rows per statement. It makes the cost of round trips negligible, and keeps messages small. */
const CHUNK = 5_000;

/**
 * Inserts any number of rows, 5,000 per statement. The first row determines the columns. Properties that the entity does not have are
 * ignored, and columns that the rows do not have get their defaults.
 * Rows are sent as one JSON parameter, because Postgres accepts at most 65,535 parameters.
 * @param onConflict `skip` ignores rows that violate a unique constraint. @default 'throw'
 * @returns the number of inserted rows
 */
export async function insertRows<Entity extends object>(
  tx: CatalogTransaction,
  entity: EntitySchema<Entity>,
  rows: readonly RequiredEntityData<Entity>[],
  { onConflict = 'throw' }: { onConflict?: 'throw' | 'skip' } = {},
): Promise<number> {
  const [first] = rows;
  if (!first) return 0;
  const { tableName, props } = tx.em.getMetadata(entity);
  const columns = props.flatMap(({ name, fieldNames: [column = ''] }) =>
    Object.hasOwn(first, name) ? [{ name, column }] : [],
  );
  const toColumns = (row: object) =>
    Object.fromEntries(columns.map(({ name, column }) => [column, Reflect.get(row, name)]));
  const table = sql.table(tableName);
  const names = sql.join(columns.map(({ column }) => sql.ref(column)));
  let inserted = 0n;
  for (let start = 0; start < rows.length; start += CHUNK) {
    const chunk = JSON.stringify(rows.slice(start, start + CHUNK).map(toColumns));
    const { numAffectedRows } = await sql`
      insert into ${table} (${names})
      select ${names} from jsonb_populate_recordset(null::${table}, ${chunk}::jsonb)
      ${onConflict === 'skip' ? sql`on conflict do nothing` : sql``}`.execute(tx.db);
    inserted += numAffectedRows ?? 0n;
  }
  return Number(inserted);
}
