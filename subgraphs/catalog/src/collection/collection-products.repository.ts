import { sql } from 'kysely';
import type { CatalogTransaction } from '../database.ts';

/** Removes some products from a collection. */
export async function removeFromCollection(
  { db, tenantId }: CatalogTransaction,
  collectionId: string,
  productIds: readonly string[],
): Promise<void> {
  await db
    .deleteFrom('product_collection')
    .where('tenant_id', '=', tenantId)
    .where('collection_id', '=', collectionId)
    .where('product_id', '=', sql<string>`any(${[...productIds]}::uuid[])`)
    .execute();
}

/** Removes all products from a collection. @returns their ids */
export async function clearCollection({ db, tenantId }: CatalogTransaction, collectionId: string): Promise<string[]> {
  const rows = await db
    .deleteFrom('product_collection')
    .where('tenant_id', '=', tenantId)
    .where('collection_id', '=', collectionId)
    .returning('product_id')
    .execute();
  return rows.map(({ product_id }) => product_id);
}
