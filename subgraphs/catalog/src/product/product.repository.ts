import { hasScope, type RequestContext } from '@souk/kit/context';
import { sql } from 'kysely';
import { CatalogWrite } from '../contract.ts';
import type { CatalogTransaction } from '../database.ts';
import { defaultCurrency } from '../settings/store-defaults.repository.ts';
import { translated } from '../translation/translated.repository.ts';

/** Whether the caller may see unpublished products. Only callers with `catalog:write` may. */
export function seesDrafts(ctx: RequestContext): boolean {
  return hasScope(ctx, CatalogWrite);
}

/** Lowest and highest price of a product's variants per currency, in minor units. */
type PriceRanges = Readonly<Record<string, readonly [minMinor: number, maxMinor: number]>>;

/** Selects the products that the caller may see, with all columns of the product's own table, in the language of the request. */
export function selectProducts({ db, ctx, tenantId }: CatalogTransaction) {
  const visible = db
    .selectFrom('product')
    .where('product.tenant_id', '=', tenantId)
    .where('product.deleted_at', 'is', null);
  return (seesDrafts(ctx) ? visible : visible.where('product.status', '=', 'PUBLISHED')).select([
    'product.id',
    'product.slug',
    'product.base_sku as baseSku',
    'product.status',
    'product.published_at as publishedAt',
    'product.external_reference as externalReference',
    'product.options',
    'product.created_at as createdAt',
    'product.created_by as createdBy',
    'product.updated_at as updatedAt',
    'product.updated_by as updatedBy',
    'product.version',
    translated('product', 'name', ctx).as('name'),
    translated('product', 'description', ctx).as('description'),
    priceRanges.as('priceRanges'),
    defaultCurrency(tenantId).as('defaultCurrency'),
  ]);
}

const priceRanges = sql<PriceRanges | null>`(
  select jsonb_object_agg(r.currency, jsonb_build_array(r.min_minor, r.max_minor)) from product_price_range r
   where r.tenant_id = product.tenant_id and r.product_id = product.id)`;

/** A product as read from the database. */
export type ProductRow = Awaited<ReturnType<ReturnType<typeof selectProducts>['executeTakeFirstOrThrow']>>;

/** Products by id or by slug. */
export async function findProducts(
  tx: CatalogTransaction,
  by: 'id' | 'slug',
  values: readonly string[],
): Promise<ProductRow[]> {
  return selectProducts(tx)
    .where(`product.${by}`, '=', sql<string>`any(${[...values]}::${sql.raw(by === 'id' ? 'uuid' : 'text')}[])`)
    .execute();
}
