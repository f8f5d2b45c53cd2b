import { sql } from 'kysely';
import type { CatalogRead } from '../database.ts';

/** A picture or video of a product, as read from the database. */
export interface MediaRow {
  readonly url: string;
  readonly alt: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly kind: 'IMAGE' | 'VIDEO';
  /** The id of the uploaded picture. Null for a file on another server. */
  readonly media_id: string | null;
}

/** The media of products by product id, in the order of their positions. */
export async function mediaOfProducts(
  { db, tenantId }: CatalogRead,
  productIds: readonly string[],
): Promise<ReadonlyMap<string, MediaRow[]>> {
  const rows = await db
    .selectFrom('product_media')
    .select(['product_id', 'url', 'alt', 'width', 'height', 'kind', 'media_id'])
    .where('tenant_id', '=', tenantId)
    .where('product_id', '=', sql<string>`any(${[...productIds]}::uuid[])`)
    .orderBy('product_id')
    .orderBy('position')
    .execute();
  return Map.groupBy(rows, ({ product_id }) => product_id);
}
