import { hasScope, type RequestContext } from '@souk/kit/context';
import { PreparedQueries } from '@souk/kit/persistence';
import { sql } from 'kysely';
import { CatalogWrite } from '../contract.ts';
import type { CatalogRead } from '../database.ts';
import { offerInputs, priceRangesOf, type OfferInputs } from '../pricing/price-offers.repository.ts';
import { defaultCurrency } from '../store-defaults.repository.ts';
import { languageOf, translated, type Language } from '../translation/translated.repository.ts';
import type { ProductColumn } from './product-selection.ts';

/** Whether the caller may see unpublished products, which needs `catalog:write`. */
export function seesDrafts(ctx: RequestContext): boolean {
  return hasScope(ctx, CatalogWrite);
}

/** The lowest and highest price of a product's variants by currency, in minor units. */
type PriceRanges = Readonly<Record<string, readonly [minMinor: number, maxMinor: number]>>;

/** The tenant, the language and the buyer of a request. */
export interface ProductInputs extends Language, OfferInputs {}

export function productInputs(ctx: RequestContext): ProductInputs {
  return { ...languageOf(ctx), ...offerInputs(ctx) };
}

/** Decides which products a request may see: the tenant, the language, the buyer, and whether drafts are visible. */
export interface ProductView extends ProductInputs {
  readonly seesDrafts: boolean;
}

export function viewOf(ctx: RequestContext): ProductView {
  return { ...productInputs(ctx), seesDrafts: seesDrafts(ctx) };
}

/**
 * Selects the visible products.
 * @param wanted the columns to read. Rows lack all other columns, although their type contains them. @default all columns
 */
export function selectProducts(
  db: CatalogRead['db'],
  view: ProductView,
  wanted: readonly ProductColumn[] | null = null,
) {
  const visible = db
    .selectFrom('product')
    .where('product.tenant_id', '=', view.tenantId)
    .where('product.deleted_at', 'is', null);
  // The status is a literal, because Postgres uses the partial index of published products only when the value is known at planning time.
  return (view.seesDrafts ? visible : visible.where('product.status', '=', sql.lit('PUBLISHED'))).select(
    columnsOf(view).filter((column) => wanted === null || wanted.includes(nameOf(column))),
  );
}

function columnsOf(view: ProductView) {
  return [
    'product.id',
    'product.slug',
    'product.base_sku as baseSku',
    'product.status',
    'product.published_at as publishedAt',
    'product.external_reference as externalReference',
    'product.tax_category as taxCategory',
    'product.tags',
    'product.hs_code as hsCode',
    'product.origin_country as originCountry',
    'product.options',
    'product.rating_counts as ratingCounts',
    'product.created_at as createdAt',
    'product.created_by as createdBy',
    'product.updated_at as updatedAt',
    'product.updated_by as updatedBy',
    'product.version',
    translated('product', 'name', view).as('name'),
    translated('product', 'description', view).as('description'),
    translated<string | null>('product', 'seo_title', view).as('seoTitle'),
    translated<string | null>('product', 'seo_description', view).as('seoDescription'),
    sql<PriceRanges | null>`${priceRangesOf(view)}`.as('priceRanges'),
    defaultCurrency(view.tenantId).as('defaultCurrency'),
  ] as const;
}

function nameOf(column: ReturnType<typeof columnsOf>[number]): ProductColumn {
  const name = typeof column === 'string' ? column.replace(/^.*[. ]/, '') : column.alias;
  return name as ProductColumn;
}

/** A product as read from the database. */
export type ProductRow = Awaited<ReturnType<ReturnType<typeof selectProducts>['executeTakeFirstOrThrow']>>;

const FOUND = new PreparedQueries<ProductInputs & { readonly values: string[] }>();

/** Finds products by id or slug. @param columns the columns to read. Null means all columns */
export async function findProducts(
  { db, ctx }: CatalogRead,
  by: 'id' | 'slug',
  values: readonly string[],
  columns: readonly ProductColumn[] | null,
): Promise<ProductRow[]> {
  const inputs = { ...productInputs(ctx), values: [...values] };
  const drafts = seesDrafts(ctx);
  return FOUND.run(db, JSON.stringify([by, drafts, columns]), inputs, (given) =>
    selectProducts(db, { ...given, seesDrafts: drafts }, columns).where(
      `product.${by}`,
      '=',
      sql<string>`any(${given.values}::${sql.raw(by === 'id' ? 'uuid' : 'text')}[])`,
    ),
  );
}
