import { hasScope, type RequestContext } from '@souk/kit/context';
import { PreparedQueries } from '@souk/kit/persistence';
import { sql } from 'kysely';
import { CatalogWrite } from '../contract.ts';
import type { CatalogRead } from '../database.ts';
import { defaultCurrency } from '../store-defaults.repository.ts';
import { languageOf, translated, type Language } from '../translation/translated.repository.ts';
import type { ProductColumn } from './product-selection.ts';

/** Whether the caller may see unpublished products. Only callers with `catalog:write` may. */
export function seesDrafts(ctx: RequestContext): boolean {
  return hasScope(ctx, CatalogWrite);
}

/** Lowest and highest price of a product's variants per currency, in minor units. */
type PriceRanges = Readonly<Record<string, readonly [minMinor: number, maxMinor: number]>>;

/** The products that a request may see: the tenant, the language, and whether drafts are included. */
export interface ProductView extends Language {
  readonly seesDrafts: boolean;
}

export function viewOf(ctx: RequestContext): ProductView {
  return { ...languageOf(ctx), seesDrafts: seesDrafts(ctx) };
}

/**
 * Selects the products that a view has.
 * @param wanted the columns to read. Rows lack the others, which their type does not say. @default all
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
  // A literal, not a parameter: Postgres uses an index of published products only for a condition that it knows while planning.
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
    'product.options',
    'product.created_at as createdAt',
    'product.created_by as createdBy',
    'product.updated_at as updatedAt',
    'product.updated_by as updatedBy',
    'product.version',
    translated('product', 'name', view).as('name'),
    translated('product', 'description', view).as('description'),
    priceRanges.as('priceRanges'),
    defaultCurrency(view.tenantId).as('defaultCurrency'),
  ] as const;
}

function nameOf(column: ReturnType<typeof columnsOf>[number]): ProductColumn {
  const name = typeof column === 'string' ? column.replace(/^.*[. ]/, '') : column.alias;
  return name as ProductColumn;
}

const priceRanges = sql<PriceRanges | null>`(
  select jsonb_object_agg(r.currency, jsonb_build_array(r.min_minor, r.max_minor)) from product_price_range r
   where r.tenant_id = product.tenant_id and r.product_id = product.id)`;

/** A product as read from the database. */
export type ProductRow = Awaited<ReturnType<ReturnType<typeof selectProducts>['executeTakeFirstOrThrow']>>;

const FOUND = new PreparedQueries<Language & { readonly values: string[] }>();

/** Products by id or by slug. @param columns null: all */
export async function findProducts(
  { db, ctx }: CatalogRead,
  by: 'id' | 'slug',
  values: readonly string[],
  columns: readonly ProductColumn[] | null,
): Promise<ProductRow[]> {
  const inputs = { ...languageOf(ctx), values: [...values] };
  const drafts = seesDrafts(ctx);
  return FOUND.run(db, JSON.stringify([by, drafts, columns]), inputs, (given) =>
    selectProducts(db, { ...given, seesDrafts: drafts }, columns).where(
      `product.${by}`,
      '=',
      sql<string>`any(${given.values}::${sql.raw(by === 'id' ? 'uuid' : 'text')}[])`,
    ),
  );
}
