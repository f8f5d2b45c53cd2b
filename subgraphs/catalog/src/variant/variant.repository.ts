import { ok, withCursors, type Failure, type PageRange, type Result } from '@souk/kit/domain';
import { compilable, PreparedQueries, type KeysetPage } from '@souk/kit/persistence';
import { sql, type Selectable } from 'kysely';
import type { CatalogDatabase, CatalogRead } from '../database.ts';
import {
  pagesByParent,
  placeOfCursor,
  placesWithin,
  placeInputs,
  withPlaces,
  type PlaceInputs,
} from '../position-page.repository.ts';
import type { VariantColumn, WantedOfVariant, WantedPrices } from '../product/product-selection.ts';
import {
  OFFER_COLUMNS,
  offerInputs,
  offerOf,
  offersOfVariant,
  type OfferInputs,
  type OfferRow,
} from '../pricing/price-offers.repository.ts';
import type { PriceOffer } from '../pricing/price-selection.ts';
import { seesDrafts } from '../product/product.repository.ts';
import { defaultCurrency } from '../store-defaults.repository.ts';

/** The columns that are read for every variant. */
const KEYS = ['id', 'product_id', 'position'] as const;

/** A variant as read from the database. Columns that were not requested are absent, although the type contains them. */
export interface VariantRow extends Pick<
  Selectable<CatalogDatabase['product_variant']>,
  (typeof KEYS)[number] | VariantColumn
> {
  readonly default_currency: string;
  /** The prices of one unit in the requested currencies. Null when no prices were requested. */
  readonly offers: readonly PriceOffer[] | null;
}

/** A page of the variants of one product. */
export type VariantPage = KeysetPage<VariantRow>;

/** A variant with one of its prices. A variant with two prices has two rows. */
type PricedRow = Omit<VariantRow, 'offers'> & Partial<OfferRow>;

interface Inputs extends OfferInputs {
  readonly values: readonly string[];
}
const PAGES = new PreparedQueries<Inputs & PlaceInputs>();
const FOUND = new PreparedQueries<Inputs>();

/**
 * Reads a page of the variants of each product with one statement. The lateral join applies the limit to each product, so a product with
 * 500 variants returns no more rows than the page size.
 */
export async function variantsOfProducts(
  { db, ctx }: CatalogRead,
  productIds: readonly string[],
  asked: PageRange,
  { columns, prices }: WantedOfVariant,
): Promise<Result<ReadonlyMap<string, VariantPage>, Failure>> {
  const range = withCursors(asked, placeOfCursor);
  if (!range.ok) return range;
  const { size, isBackward, after, before } = range.value;
  const shape = JSON.stringify([columns, prices, size, isBackward, after !== null, before !== null]);
  const inputs = { ...offerInputs(ctx), values: productIds, ...placeInputs(range.value) };
  const rows = await PAGES.run(db, shape, inputs, (given) => {
    const { conditions, direction } = placesWithin(withPlaces(range.value, given), 'of_one');
    return compilable(
      db,
      sql<PricedRow>`
    select ${selected(columns)}, ${priceColumns(given, prices)}
      from unnest(${given.values}::uuid[]) as wanted (product_id)
      ${prices === 'NONE' ? sql`` : sql`join product on product.tenant_id = ${given.tenantId} and product.id = wanted.product_id`}
     cross join lateral (
       select * from product_variant of_one
        where of_one.tenant_id = ${given.tenantId} and of_one.product_id = wanted.product_id and of_one.deleted_at is null
          ${sql.join(
            conditions.map((condition) => sql`and ${condition}`),
            sql` `,
          )}
        order by of_one.position ${direction}, of_one.id ${direction} limit ${sql.lit(size + 1)}) v
      ${priceJoin(given, prices)}
     order by v.product_id, v.position ${direction}, v.id ${direction}`,
    );
  });
  return ok(pagesByParent(productIds, withOffers(rows, prices), ({ product_id }) => product_id, range.value));
}

/** Finds variants by id, SKU or barcode. Variants whose product is hidden from the caller are left out. */
export async function findVariants(
  { db, ctx }: CatalogRead,
  by: 'id' | 'sku' | 'barcode',
  values: readonly string[],
  { columns, prices }: WantedOfVariant,
): Promise<VariantRow[]> {
  const drafts = seesDrafts(ctx);
  const inputs = { ...offerInputs(ctx), values };
  const rows = await FOUND.run(db, JSON.stringify([by, drafts, columns, prices]), inputs, (given) =>
    compilable(
      db,
      sql<PricedRow>`
    select ${selected(columns)}, ${priceColumns(given, prices)}
      from product_variant v
      join product on product.tenant_id = v.tenant_id and product.id = v.product_id and product.deleted_at is null
           ${drafts ? sql`` : sql`and product.status = 'PUBLISHED'`}
      ${priceJoin(given, prices)}
     where v.tenant_id = ${given.tenantId} and v.deleted_at is null
       and ${sql.ref(`v.${by}`)} = any(${given.values}::${sql.raw(by === 'id' ? 'uuid' : 'text')}[])
     order by v.id`,
    ),
  );
  return withOffers(rows, prices);
}

const selected = (columns: readonly VariantColumn[]) =>
  sql.join([...KEYS, ...columns].map((column) => sql.ref(`v.${column}`)));

function priceColumns({ tenantId }: Inputs, prices: WantedPrices) {
  const currency = sql`${defaultCurrency(tenantId)} as default_currency`;
  return prices === 'NONE' ? currency : sql`${currency}, ${OFFER_COLUMNS}`;
}

function priceJoin(given: Inputs, prices: WantedPrices) {
  if (prices === 'NONE') return sql``;
  const currency = prices === 'DEFAULT_CURRENCY' ? defaultCurrency(given.tenantId) : null;
  return offersOfVariant(given, { currency, quantities: 'ONE' });
}

/** Merges the rows of each variant into one variant with a list of prices. The rows of one variant must be adjacent. */
function withOffers(rows: readonly PricedRow[], wanted: WantedPrices): VariantRow[] {
  const variants: (VariantRow & { readonly offers: PriceOffer[] | null })[] = [];
  for (const row of rows) {
    const { currency: _1, unit_price: _2, compare_at_price: _3, includes_tax: _4, ...others } = row;
    const { from_quantity: _5, rank: _6, ...variant } = others;
    const last = variants.at(-1);
    const current = last?.id === variant.id ? last : { ...variant, offers: wanted === 'NONE' ? null : [] };
    if (current !== last) variants.push(current);
    const offer = offerOf(row);
    if (offer) current.offers?.push(offer);
  }
  return variants;
}
