import { sql } from 'kysely';
import type { CatalogRead, CatalogTransaction } from '../database.ts';

/**
 * The index of the first SKU that another variant has. Null when all SKUs are free. SKUs are compared as `compared_sku` normalizes them.
 * The index is only for the path of the user error. The primary key of `variant_sku` prevents duplicates, also under concurrency.
 */
export async function takenSku({ db, tenantId }: CatalogTransaction, skus: readonly string[]): Promise<number | null> {
  const { rows } = await sql<{ place: number }>`
    select wanted.place - 1 as place
      from unnest(${[...skus]}::text[]) with ordinality as wanted (sku, place)
      join variant_sku taken on taken.tenant_id = ${tenantId} and taken.compared = compared_sku(wanted.sku)
     order by wanted.place limit 1`.execute(db);
  return rows[0]?.place ?? null;
}

/** Returns the SKUs that belong to a variant, including variants of drafts. SKUs are compared in their canonical form. */
export async function knownSkus({ db, tenantId }: CatalogTransaction, skus: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('product_variant')
    .select('sku')
    .where('tenant_id', '=', tenantId)
    .where('deleted_at', 'is', null)
    .where('sku', '=', sql<string>`any(${[...skus]}::text[])`)
    .execute();
  return rows.map(({ sku }) => sku);
}

/** The ids of variants by SKU. Unknown SKUs are absent. */
export async function variantIdsBySku(
  { db, tenantId }: CatalogRead,
  skus: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('product_variant')
    .select(['id', 'sku'])
    .where('tenant_id', '=', tenantId)
    .where('sku', '=', sql<string>`any(${[...skus]}::text[])`)
    .where('deleted_at', 'is', null)
    .execute();
  return new Map(rows.map(({ id, sku }) => [sku, id]));
}
