import { channelOf, companyOf, groupsOf, type RequestContext } from '@souk/kit/context';
import { compilable, PreparedQueries } from '@souk/kit/persistence';
import { sql, type RawBuilder } from 'kysely';
import type { CatalogRead } from '../database.ts';
import type { PriceOffer } from './price-selection.ts';

/** The tenant and the buyer's properties that decide which price lists apply. */
export interface OfferInputs {
  readonly tenantId: string;
  readonly groupIds: readonly string[];
  readonly companyId: string | null;
  readonly channelId: string | null;
  readonly countryCode: string | null;
}

/**
 * The inputs for the calling buyer.
 * @param countryCode null when it is unknown. Price lists for certain countries then do not apply
 * @param channelId null for no channel. Price lists for certain channels then do not apply. @default the channel of the request
 */
export function offerInputs(
  ctx: RequestContext,
  countryCode: string | null = null,
  channelId: string | null = channelOf(ctx),
): OfferInputs {
  const companyId = companyOf(ctx)?.id ?? null;
  return { tenantId: ctx.tenantId, groupIds: groupsOf(ctx), companyId, channelId, countryCode };
}

/** The columns of a price at which a variant is offered. All are null for a variant without a price. */
export interface OfferRow {
  readonly currency: string | null;
  readonly unit_price: string | null;
  readonly compare_at_price: string | null;
  readonly includes_tax: boolean | null;
  readonly from_quantity: number | null;
  readonly rank: number | null;
}

/** Converts a row to an offer. Null when the variant has no offer. */
export function offerOf(row: { readonly [Column in keyof OfferRow]?: OfferRow[Column] }): PriceOffer | null {
  const { currency, unit_price, compare_at_price = null, from_quantity, rank = null } = row;
  const includesTax = row.includes_tax ?? null;
  if (!currency || !unit_price || !from_quantity) return null;
  const amounts = { unitPrice: unit_price, compareAtPrice: compare_at_price, includesTax };
  return { currency, ...amounts, fromQuantity: from_quantity, rank };
}

/** The columns that the lateral join of `offersOfVariant` adds. */
export const OFFER_COLUMNS = sql`price.currency, price.unit_price, price.compare_at_price, price.includes_tax, price.from_quantity, price.rank`;

/** The currencies and quantities of the prices to read. */
export interface WantedOffers {
  /** A currency as an SQL expression. Null means all currencies. */
  readonly currency: RawBuilder<string> | null;
  /** ONE reads only prices for a single unit. ALL reads the prices for every quantity. */
  readonly quantities: 'ONE' | 'ALL';
}

/**
 * SQL for a lateral join `price` with the offers for the variant `v`: its own prices, and the prices of the lists that apply to the buyer.
 * For each currency and quantity, the lists contribute only the offer with the highest rank, because `PriceSelection.select` needs no other
 * offer. An index finds this offer in one step, however many lists the shop has. Products without prices in lists skip the look-up. The
 * outer query must contain the table `product`.
 */
export function offersOfVariant(given: OfferInputs, { currency, quantities }: WantedOffers): RawBuilder<unknown> {
  const { tenantId } = given;
  const isOne = currency !== null && quantities === 'ONE';
  const inCurrency = (table: string) => (currency ? sql`and ${sql.ref(`${table}.currency`)} = ${currency}` : sql``);
  return sql`left join lateral (
    select base.currency, base.unit_price, null::numeric as compare_at_price, null::boolean as includes_tax, 1 as from_quantity, null::bigint as rank
      from variant_price base
     where base.tenant_id = ${tenantId} and base.variant_id = v.id ${inCurrency('base')}
     union all
    select listed.* from (
      select ${isOne ? sql`` : sql`distinct on (entry.currency, entry.from_quantity)`}
             entry.currency, entry.unit_price, entry.compare_at_price, entry.includes_tax, entry.from_quantity, entry.rank
        from price_list_price entry
       where entry.tenant_id = ${tenantId} and entry.variant_id = v.id ${inCurrency('entry')}
         ${quantities === 'ONE' ? sql`and entry.from_quantity = 1` : sql``} and entry.price_list_id = any(${applicableLists(given)})
       order by ${isOne ? sql`` : sql`entry.currency, entry.from_quantity, `}entry.rank desc, entry.unit_price, entry.compare_at_price,
                entry.includes_tax
       ${isOne ? sql`limit 1` : sql``}) listed
     where product.has_listed_prices) price on true`;
}

const OFFERS = new PreparedQueries<OfferInputs & { readonly variantIds: readonly string[] }>();

/** The prices at which the caller can buy variants, for every quantity and currency, by variant id. */
export async function findOffers(
  { db, ctx }: CatalogRead,
  variantIds: readonly string[],
  countryCode: string | null,
): Promise<ReadonlyMap<string, PriceOffer[]>> {
  const inputs = { ...offerInputs(ctx, countryCode), variantIds };
  const rows = await OFFERS.run(db, 'offers', inputs, (given) =>
    compilable(
      db,
      sql<OfferRow & { readonly id: string }>`
    select v.id, ${OFFER_COLUMNS} from product_variant v
      join product on product.tenant_id = v.tenant_id and product.id = v.product_id
      ${offersOfVariant(given, { currency: null, quantities: 'ALL' })}
     where v.tenant_id = ${given.tenantId} and v.id = any(${given.variantIds}::uuid[])`,
    ),
  );
  return new Map(
    [...Map.groupBy(rows, ({ id }) => id)].map(([id, each]) => [id, each.flatMap((row) => offerOf(row) ?? [])]),
  );
}

/**
 * SQL for the lowest and highest price of one unit of a product's variants. The result is JSON that maps a currency to `[min, max]` in
 * minor units. For a product without prices in lists, the stored range is read.
 * The outer query must contain the table `product`.
 */
export function priceRangesOf(given: OfferInputs): RawBuilder<unknown> {
  const { tenantId } = given;
  return sql`case when not product.has_listed_prices then (
  select jsonb_object_agg(r.currency, jsonb_build_array(r.min_minor, r.max_minor)) from product_price_range r
   where r.tenant_id = product.tenant_id and r.product_id = product.id) else (
  select jsonb_object_agg(r.currency, jsonb_build_array(r.min_minor, r.max_minor)) from (
    select best.currency, min(best.amount_minor) as min_minor, max(best.amount_minor) as max_minor
      from product_variant v
     cross join lateral (
       select distinct on (offer.currency) offer.currency, offer.amount_minor
         from (select base.currency, base.amount_minor, base.unit_price, null::bigint as rank from variant_price base
                where base.tenant_id = ${tenantId} and base.variant_id = v.id
                union all
               select entry.currency, entry.amount_minor, entry.unit_price, entry.rank from price_list_price entry
                where entry.tenant_id = ${tenantId} and entry.variant_id = v.id and entry.from_quantity = 1
                  and entry.price_list_id = any(${applicableLists(given)})) offer
        order by offer.currency, offer.rank desc nulls last, offer.unit_price) best
     where v.tenant_id = ${tenantId} and v.product_id = product.id and v.deleted_at is null
     group by best.currency) r) end`;
}

/**
 * SQL for an array of the ids of the lists that apply to the buyer now. Null when no list applies. Postgres evaluates it once for all rows.
 */
function applicableLists({ tenantId, groupIds, companyId, channelId, countryCode }: OfferInputs): RawBuilder<unknown> {
  return sql`(select array_agg(list.id) from price_list list
   where list.tenant_id = ${tenantId} and list.deleted_at is null and list.active
     and (list.starts_at is null or list.starts_at <= now()) and (list.ends_at is null or list.ends_at > now())
     and (list.group_ids = '[]' or list.group_ids ?| ${groupIds}::text[])
     and (list.company_ids = '[]' or list.company_ids ? ${companyId}::text)
     and (list.channel_ids = '[]' or list.channel_ids ? ${channelId}::text)
     and (list.country_codes = '[]' or list.country_codes ? ${countryCode}::text))::uuid[]`;
}
