import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { CatalogTransaction } from '../database.ts';
import { numbered } from './slug.ts';

/** The maximum number of objects with the same name that are numbered. Further objects get a random suffix. */
const NUMBERED = 1_000;

/** The first free slug for a name: `lamp`, then `lamp-2`. Slugs of deleted objects are free. */
export async function freeSlug(
  { db, tenantId }: CatalogTransaction,
  table: 'product' | 'brand' | 'category' | 'collection',
  fromName: string,
): Promise<string> {
  // Without the advisory lock, two concurrent transactions would choose the same slug.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`slug:${table}:${fromName}:${tenantId}`}, 0))`.execute(db);
  const candidates = Array.from({ length: NUMBERED }, (_, index) => numbered(fromName, index + 1));
  const { rows } = await sql<{ slug: string }>`
    select slug from ${sql.table(table)}
     where tenant_id = ${tenantId} and deleted_at is null and slug = any(${candidates}::text[])`.execute(db);
  const taken = new Set(rows.map(({ slug }) => slug));
  return candidates.find((slug) => !taken.has(slug)) ?? `${fromName}-${randomUUID().slice(0, 8)}`;
}
