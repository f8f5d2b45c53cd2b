import { sql } from 'kysely';
import type { CatalogRead } from '../database.ts';
import { languageOf, translated } from '../translation/translated.repository.ts';
import type { OptionValue } from './option.ts';

/** A published variant in the language of the request. The price is null when the variant has no price in the currency. */
export interface SellableRow {
  readonly id: string;
  readonly product_id: string;
  readonly sku: string;
  readonly name: string;
  readonly product_name: string;
  readonly options: OptionValue[];
  /** The product's categories, the categories above them, and its collections. */
  readonly list_ids: string[];
  readonly unit_price: string | null;
  readonly tax_category: string | null;
}

/** The published variants with these ids. */
export async function sellableVariants(
  { db, ctx, tenantId }: CatalogRead,
  ids: readonly string[],
  currency: string,
): Promise<SellableRow[]> {
  const { rows } = await sql<SellableRow>`
    select v.id, v.product_id, v.sku, v.name, v.options, ${translated('product', 'name', languageOf(ctx))} as product_name, price.unit_price,
           product.tax_category,
           array(select list_id from product_listing listing
                  where listing.tenant_id = v.tenant_id and listing.product_id = v.product_id order by list_id) as list_ids
      from product_variant v
      join product on product.tenant_id = v.tenant_id and product.id = v.product_id
           and product.deleted_at is null and product.status = 'PUBLISHED'
      left join variant_price price on price.tenant_id = v.tenant_id and price.variant_id = v.id and price.currency = ${currency}
     where v.tenant_id = ${tenantId} and v.id = any(${[...ids]}::uuid[]) and v.deleted_at is null`.execute(db);
  return rows;
}
