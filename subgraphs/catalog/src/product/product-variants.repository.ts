import { ok, type Failure, type Result } from '@souk/kit/domain';
import type { CatalogTransaction } from '../database.ts';
import type { ProductOption } from '../variant/option.ts';
import { ProductVariantEntity } from '../variant/variant.entity.ts';
import { underOptions } from './product.ts';

/**
 * Adapts the variants of a product to its new options. Returns a failure when a variant has an option value that the new options do not
 * contain.
 */
export async function rematchVariants(
  tx: CatalogTransaction,
  productId: string,
  options: readonly ProductOption[],
): Promise<Result<void, Failure>> {
  for (const variant of await tx.em.find(ProductVariantEntity, { productId })) {
    const matched = underOptions(options, variant);
    if (!matched.ok) return matched;
    if (matched.value.optionKey !== variant.optionKey) Object.assign(variant, matched.value);
  }
  return ok(undefined);
}

/** Whether a variant of the product has a price. */
export async function hasPricedVariant({ db, tenantId }: CatalogTransaction, productId: string): Promise<boolean> {
  const priced = await db
    .selectFrom('product_variant')
    .innerJoin('variant_price', (on) =>
      on
        .onRef('variant_price.tenant_id', '=', 'product_variant.tenant_id')
        .onRef('variant_price.variant_id', '=', 'product_variant.id'),
    )
    .select('product_variant.id')
    .where('product_variant.tenant_id', '=', tenantId)
    .where('product_variant.product_id', '=', productId)
    .where('product_variant.deleted_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return priced !== undefined;
}

/** Deletes all variants of a product. Their SKUs can be used again afterwards. */
export async function softDeleteVariants(
  { db, tenantId }: CatalogTransaction,
  productId: string,
  now: Date,
): Promise<void> {
  await db
    .updateTable('product_variant')
    .set({ deleted_at: now })
    .where('tenant_id', '=', tenantId)
    .where('product_id', '=', productId)
    .where('deleted_at', 'is', null)
    .execute();
}
