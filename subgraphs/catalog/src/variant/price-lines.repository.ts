import { compilable, PreparedQueries } from '@souk/kit/persistence';
import { sql } from 'kysely';
import type { CatalogRead } from '../database.ts';
import {
  OFFER_COLUMNS,
  offerInputs,
  offersOfVariant,
  type OfferInputs,
  type OfferRow,
} from '../pricing/price-offers.repository.ts';
import { languageOf, translated, type Language } from '../translation/translated.repository.ts';
import type { OptionValue } from './option.ts';

/** A published variant with one of the prices at which it is offered. A variant with two prices has two rows. */
export interface SellableRow extends OfferRow {
  readonly id: string;
  readonly product_id: string;
  readonly sku: string;
  readonly name: string;
  readonly product_name: string;
  readonly options: OptionValue[];
  /** The ids of the product's categories with their ancestors, and of its collections. */
  readonly list_ids: string[];
  readonly tax_category: string | null;
  readonly weight_grams: number | null;
}

/** The currency, the country of delivery and the sales channel, which decide the prices of a sale. */
export interface SaleTerms {
  readonly currency: string;
  /** The country of delivery (ISO 3166-1). Null when it is unknown. */
  readonly countryCode: string | null;
  /** Null for no channel. */
  readonly channelId: string | null;
}

interface Inputs extends Language, OfferInputs {
  readonly ids: readonly string[];
  readonly currency: string;
}
const SELLABLE = new PreparedQueries<Inputs>();

/** The published variants with these ids, and their prices for every quantity. The rows of one variant are adjacent. */
export async function sellableVariants(
  { db, ctx }: CatalogRead,
  ids: readonly string[],
  { currency, countryCode, channelId }: SaleTerms,
): Promise<SellableRow[]> {
  const inputs = { ...languageOf(ctx), ...offerInputs(ctx, countryCode, channelId), ids, currency };
  return SELLABLE.run(db, 'sellable', inputs, (given) =>
    compilable(
      db,
      sql<SellableRow>`
    select v.id, v.product_id, v.sku, v.name, v.options, v.weight_grams, ${translated('product', 'name', given)} as product_name, product.tax_category,
           array(select list_id from product_listing listing
                  where listing.tenant_id = v.tenant_id and listing.product_id = v.product_id order by list_id) as list_ids,
           ${OFFER_COLUMNS}
      from product_variant v
      join product on product.tenant_id = v.tenant_id and product.id = v.product_id
           and product.deleted_at is null and product.status = 'PUBLISHED'
      ${offersOfVariant(given, { currency: sql<string>`${given.currency}`, quantities: 'ALL' })}
     where v.tenant_id = ${given.tenantId} and v.id = any(${given.ids}::uuid[]) and v.deleted_at is null
     order by v.id`,
    ),
  );
}
