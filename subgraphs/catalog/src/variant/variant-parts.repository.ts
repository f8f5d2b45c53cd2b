import { ok, type Failure, type Result } from '@souk/kit/domain';
import type { CatalogTransaction } from '../database.ts';
import { insertRows } from '../insert-rows.repository.ts';
import { attributeRows, priceRows, type AttributeIds } from '../product/product-store.repository.ts';
import { checkPrices, type UnitPrice } from '../pricing/price.ts';
import type { AttributeDraft } from './variant-draft.ts';
import { VariantAttributeValueEntity, VariantPriceEntity } from './variant.entity.ts';

/** The position of the last variant of a product. -1 when the product has no variant. */
export async function lastPosition({ db, tenantId }: CatalogTransaction, productId: string): Promise<number> {
  const row = await db
    .selectFrom('product_variant')
    .select('position')
    .where('tenant_id', '=', tenantId)
    .where('product_id', '=', productId)
    .where('deleted_at', 'is', null)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.position ?? -1;
}

/** Replaces all prices of a variant. Call `refreshProducts` for its product afterwards. */
export async function replacePrices(
  tx: CatalogTransaction,
  variantId: string,
  prices: readonly UnitPrice[],
): Promise<Result<void, Failure>> {
  const checked = checkPrices(prices);
  if (!checked.ok) return checked;
  await tx.db
    .deleteFrom('variant_price')
    .where('tenant_id', '=', tx.tenantId)
    .where('variant_id', '=', variantId)
    .execute();
  await insertRows(tx, VariantPriceEntity, priceRows(variantId, prices));
  return ok(undefined);
}

/** Replaces all attribute values of a variant. */
export async function replaceVariantAttributes(
  tx: CatalogTransaction,
  variantId: string,
  attributes: readonly AttributeDraft[],
  attributeIds: AttributeIds,
): Promise<void> {
  await tx.db
    .deleteFrom('variant_attribute_value')
    .where('tenant_id', '=', tx.tenantId)
    .where('variant_id', '=', variantId)
    .execute();
  await insertRows(tx, VariantAttributeValueEntity, attributeRows({ variantId }, attributes, attributeIds));
}
