import type { Transaction } from '@souk/kit/persistence';
import { sql } from 'kysely';
import type { CatalogDatabase } from '../database.ts';

/**
 * The index of the first SKU that a variant has already, else null. Only to name the place in the input: that SKUs are unique is
 * the business of the index, also where two requests meet.
 */
export async function takenSku(
  { db, tenantId }: Transaction<CatalogDatabase>,
  skus: readonly string[],
): Promise<number | null> {
  const rows = await db
    .selectFrom('product_variant')
    .select('sku')
    .where('tenant_id', '=', tenantId)
    .where('deleted_at', 'is', null)
    .where('sku', '=', sql<string>`any(${[...skus]}::text[])`)
    .execute();
  const taken = new Set(rows.map(({ sku }) => sku));
  const index = skus.findIndex((sku) => taken.has(sku));
  return index < 0 ? null : index;
}
