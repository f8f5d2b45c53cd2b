import { sql } from 'kysely';
import type { CatalogTransaction } from '../database.ts';

/** Returns the given slugs and external references that stored products already have. */
export async function knownProductKeys(
  { db, tenantId }: CatalogTransaction,
  keys: readonly { readonly slug: string; readonly reference: string | null }[],
): Promise<{ slugs: Set<string>; references: Set<string | null> }> {
  const { rows } = await sql<{ slug: string; external_reference: string | null }>`
    select slug, external_reference from product
     where tenant_id = ${tenantId} and deleted_at is null
       and (slug = any(${keys.map(({ slug }) => slug)}::text[]) or external_reference = any(${keys.map(({ reference }) => reference)}::text[]))`.execute(
    db,
  );
  return {
    slugs: new Set(rows.map((row) => row.slug)),
    references: new Set(rows.map((row) => row.external_reference)),
  };
}
