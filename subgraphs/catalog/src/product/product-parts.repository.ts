import type { CatalogTransaction } from '../database.ts';
import { insertRows } from '../insert-rows.repository.ts';
import type { AttributeDraft } from '../variant/variant-draft.ts';
import {
  ProductAttributeValueEntity,
  ProductCategoryEntity,
  ProductCollectionEntity,
  ProductMediaEntity,
} from './product-parts.entity.ts';
import type { MediaDraft } from './product-draft.ts';
import {
  attributeRows,
  categoryRows,
  collectionRows,
  mediaRows,
  type AttributeIds,
} from './product-store.repository.ts';

/**
 * Lists of a product. A list that is set replaces the stored list. Null deletes the stored entries. A missing list keeps the stored list.
 */
interface Parts {
  readonly categoryIds?: readonly string[] | null;
  readonly collectionIds?: readonly string[] | null;
  readonly attributes?: readonly AttributeDraft[] | null;
  readonly media?: readonly MediaDraft[] | null;
}

type PartTable = 'product_category' | 'product_collection' | 'product_attribute_value' | 'product_media';

/** Replaces the given lists of a product. */
export async function replaceParts(
  tx: CatalogTransaction,
  productId: string,
  { categoryIds, collectionIds, attributes, media }: Parts,
  attributeIds: AttributeIds,
): Promise<void> {
  const clear = (table: PartTable) =>
    tx.db.deleteFrom(table).where('tenant_id', '=', tx.tenantId).where('product_id', '=', productId).execute();
  if (categoryIds !== undefined) {
    await clear('product_category');
    await insertRows(tx, ProductCategoryEntity, categoryRows(productId, [...new Set(categoryIds ?? [])]));
  }
  if (collectionIds !== undefined) {
    await clear('product_collection');
    await insertRows(tx, ProductCollectionEntity, collectionRows(productId, [...new Set(collectionIds ?? [])]));
  }
  if (attributes !== undefined) {
    await clear('product_attribute_value');
    await insertRows(tx, ProductAttributeValueEntity, attributeRows({ productId }, attributes ?? [], attributeIds));
  }
  if (media !== undefined) {
    await clear('product_media');
    await insertRows(tx, ProductMediaEntity, mediaRows(productId, media ?? []));
  }
}
