import { err, failure, ok, type NotFound, type Result } from '@souk/kit/domain';
import { sql } from 'kysely';
import type { CatalogTransaction } from './database.ts';

const KEYS = { attribute: 'code', brand: 'slug', category: 'slug', collection: 'slug', product: 'slug' } as const;

/** The ids of existing rows by code (attributes) or slug (other tables). Unknown keys are absent. */
export async function idsByKey(
  { db, tenantId }: CatalogTransaction,
  table: keyof typeof KEYS,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (keys.length === 0) return new Map();
  const key = sql.ref(KEYS[table]);
  const { rows } = await sql<{ id: string; key: string }>`
    select id, ${key} as key from ${sql.table(table)}
     where tenant_id = ${tenantId} and deleted_at is null and ${key} = any(${[...new Set(keys)]}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.key, row.id]));
}

/** Refuses a list with an unknown id. The error has the path of the first unknown id. @param field the input field with the list */
export async function requireAll(
  { db, tenantId }: CatalogTransaction,
  table: keyof typeof KEYS,
  ids: readonly string[],
  field: string,
): Promise<Result<void, NotFound>> {
  if (ids.length === 0) return ok(undefined);
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(table)} where tenant_id = ${tenantId} and deleted_at is null and id = any(${[...ids]}::uuid[])`.execute(
    db,
  );
  const found = new Set(rows.map(({ id }) => id));
  const missing = ids.findIndex((id) => !found.has(id.toLowerCase()));
  return missing < 0
    ? ok(undefined)
    : err(failure('NOT_FOUND', `There is no ${table} with this id`, [field, `${missing}`]));
}

/** The ids of attributes by code. Returns a failure when a code is unknown. */
export async function requireAttributes(
  tx: CatalogTransaction,
  codes: readonly string[],
): Promise<Result<ReadonlyMap<string, string>, NotFound>> {
  const ids = await idsByKey(tx, 'attribute', codes);
  const missing = codes.find((code) => !ids.has(code));
  return missing === undefined
    ? ok(ids)
    : err(failure('NOT_FOUND', `There is no attribute "${missing}"; create it first`, ['attributes']));
}
