import { sql, type Insertable } from 'kysely';
import type { CatalogDatabase, CatalogTransaction } from './database.ts';

/** How many rows one statement takes: large enough that round trips do not count, small enough to be no burden. */
const CHUNK = 5_000;

/**
 * Inserts any number of rows, a statement for every 5,000. All rows have the members of the first; columns that it lacks get
 * their defaults. They travel as one JSON parameter: Postgres takes at most 65,535 parameters.
 * @returns how many were inserted, which is fewer than `rows` only with `onConflict: 'skip'`.
 */
export async function insertRows<Table extends keyof CatalogDatabase>(
  tx: CatalogTransaction,
  table: Table,
  rows: readonly Insertable<CatalogDatabase[Table]>[],
  { onConflict = 'throw' }: { onConflict?: 'throw' | 'skip' } = {},
): Promise<number> {
  const [first] = rows;
  if (!first) return 0;
  const columns = sql.join(Object.keys(first).map((column) => sql.ref(column)));
  let inserted = 0n;
  for (let start = 0; start < rows.length; start += CHUNK) {
    const { numAffectedRows } = await sql`
      insert into ${sql.table(table)} (${columns})
      select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows.slice(start, start + CHUNK))}::jsonb)
      ${onConflict === 'skip' ? sql`on conflict do nothing` : sql``}`.execute(tx.db);
    inserted += numAffectedRows ?? 0n;
  }
  return Number(inserted);
}
