import { ok, withCursors, type Failure, type PageRange, type Result } from '@souk/kit/domain';
import type { KeysetPage } from '@souk/kit/persistence';
import { sql, type Selectable } from 'kysely';
import type { CatalogDatabase, CatalogTransaction } from '../database.ts';
import { pagesByParent, placeOfCursor, placesWithin } from '../position-page.repository.ts';
import type { WantedPrices } from '../product/product-selection.ts';
import { seesDrafts } from '../product/product.repository.ts';
import { defaultCurrency } from '../settings/store-defaults.repository.ts';

const COLUMNS = [
  'id',
  'product_id',
  'sku',
  'name',
  'position',
  'options',
  'weight_grams',
  'external_reference',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
  'version',
] as const;
const SELECTED = sql.join(COLUMNS.map((column) => sql.ref(`v.${column}`)));

/** A variant as read from the database. */
export interface VariantRow extends Pick<Selectable<CatalogDatabase['product_variant']>, (typeof COLUMNS)[number]> {
  readonly default_currency: string;
  /** The requested prices. Null when no prices were requested. */
  readonly prices: readonly StoredPrice[] | null;
}

/** A stored price of one unit, with six decimal places. */
export interface StoredPrice {
  readonly currency: string;
  readonly unit_price: string;
}

/** A page of the variants of one product. */
export type VariantPage = KeysetPage<VariantRow>;

/** A variant with one of its prices. A variant with two prices gives two rows. */
type PricedRow = Omit<VariantRow, 'prices'> & { readonly currency: string | null; readonly unit_price: string | null };

/**
 * Reads a page of the variants of each product in one statement. Postgres applies the limit per product, so a product with 500 variants
 * returns no more rows than any other product.
 */
export async function variantsOfProducts(
  tx: CatalogTransaction,
  productIds: readonly string[],
  asked: PageRange,
  prices: WantedPrices,
): Promise<Result<ReadonlyMap<string, VariantPage>, Failure>> {
  const range = withCursors(asked, placeOfCursor);
  if (!range.ok) return range;
  const { conditions, direction } = placesWithin(range.value, 'of_one');
  const { rows } = await sql<PricedRow>`
    select ${SELECTED}, ${priceColumns(tx, prices)}
      from unnest(${[...productIds]}::uuid[]) as wanted (product_id)
     cross join lateral (
       select * from product_variant of_one
        where of_one.tenant_id = ${tx.tenantId} and of_one.product_id = wanted.product_id and of_one.deleted_at is null
          ${sql.join(
            conditions.map((condition) => sql`and ${condition}`),
            sql` `,
          )}
        order by of_one.position ${direction}, of_one.id ${direction} limit ${asked.size + 1}) v
      ${priceJoin(tx, prices)}
     order by v.product_id, v.position ${direction}, v.id ${direction}`.execute(tx.db);
  return ok(pagesByParent(productIds, withPrices(rows, prices), ({ product_id }) => product_id, range.value));
}

/** Finds variants by id or by SKU. Only variants of products that the caller may see are found. */
export async function findVariants(
  tx: CatalogTransaction,
  by: 'id' | 'sku',
  values: readonly string[],
  prices: WantedPrices,
): Promise<VariantRow[]> {
  const { rows } = await sql<PricedRow>`
    select ${SELECTED}, ${priceColumns(tx, prices)}
      from product_variant v
      join product on product.tenant_id = v.tenant_id and product.id = v.product_id and product.deleted_at is null
           ${seesDrafts(tx.ctx) ? sql`` : sql`and product.status = 'PUBLISHED'`}
      ${priceJoin(tx, prices)}
     where v.tenant_id = ${tx.tenantId} and v.deleted_at is null
       and ${sql.ref(`v.${by}`)} = any(${[...values]}::${sql.raw(by === 'id' ? 'uuid' : 'text')}[])
     order by v.id`.execute(tx.db);
  return withPrices(rows, prices);
}

function priceColumns({ tenantId }: CatalogTransaction, prices: WantedPrices) {
  const currency = sql`${defaultCurrency(tenantId)} as default_currency`;
  return prices === 'NONE' ? currency : sql`${currency}, price.currency, price.unit_price`;
}

function priceJoin({ tenantId }: CatalogTransaction, prices: WantedPrices) {
  if (prices === 'NONE') return sql``;
  const inOneCurrency = prices === 'DEFAULT_CURRENCY' ? sql`and price.currency = ${defaultCurrency(tenantId)}` : sql``;
  return sql`left join variant_price price on price.tenant_id = v.tenant_id and price.variant_id = v.id ${inOneCurrency}`;
}

/** Merges the rows of each variant into one row. The rows of a variant must be adjacent. */
function withPrices(rows: readonly PricedRow[], wanted: WantedPrices): VariantRow[] {
  const variants: (VariantRow & { readonly prices: StoredPrice[] | null })[] = [];
  for (const { currency, unit_price, ...variant } of rows) {
    const last = variants.at(-1);
    const current = last?.id === variant.id ? last : { ...variant, prices: wanted === 'NONE' ? null : [] };
    if (current !== last) variants.push(current);
    if (currency && unit_price) current.prices?.push({ currency, unit_price });
  }
  return variants;
}
