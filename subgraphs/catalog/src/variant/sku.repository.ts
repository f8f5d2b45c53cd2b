import { sql } from 'kysely';
import type { CatalogRead, CatalogTransaction } from '../database.ts';

/**
 * The index of the first SKU that a variant already has, in the compared form of SKUs. Null when there is none. The index only serves the
 * path in the user error. The primary key of `variant_sku` keeps SKUs unique, also for concurrent requests.
 */
export async function takenSku({ db, tenantId }: CatalogTransaction, skus: readonly string[]): Promise<number | null> {
  const { rows } = await sql<{ place: number }>`
    select wanted.place - 1 as place
      from unnest(${[...skus]}::text[]) with ordinality as wanted (sku, place)
      join variant_sku taken on taken.tenant_id = ${tenantId} and taken.compared = compared_sku(wanted.sku)
     order by wanted.place limit 1`.execute(db);
  return rows[0]?.place ?? null;
}

/** The SKUs in the list that belong to a variant, drafts included. They are compared in their stored form. */
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

/** The ids of variants by SKU. Unknown SKUs are left out. */
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
