import { sql } from 'kysely';
import type { CatalogTransaction } from '../database.ts';
import { markForSearch } from '../search-pending.repository.ts';
import { defaultCurrency } from '../store-defaults.repository.ts';

/** The sort price of a product without a price. It is higher than any price. The column has the same default. */
const NO_PRICE = Number.MAX_SAFE_INTEGER;

/**
 * Updates the derived columns and tables of products. Call this function after every change of prices, variants, status, categories or
 * collections.
 */
export async function refreshProducts(tx: CatalogTransaction, productIds: readonly string[]): Promise<void> {
  if (productIds.length === 0) return;
  await refreshPriceRanges(tx, productIds);
  await refreshSortPrices(tx, productIds);
  await refreshListings(tx, productIds);
}

async function refreshPriceRanges({ db, tenantId }: CatalogTransaction, productIds: readonly string[]): Promise<void> {
  await sql`
    with range as (
      select v.product_id, price.currency, min(price.amount_minor) as min_minor, max(price.amount_minor) as max_minor
        from product_variant v
        join variant_price price on price.tenant_id = v.tenant_id and price.variant_id = v.id
       where v.tenant_id = ${tenantId} and v.product_id = any(${[...productIds]}::uuid[]) and v.deleted_at is null
       group by v.product_id, price.currency
    ), gone as (
      delete from product_price_range old
       where old.tenant_id = ${tenantId} and old.product_id = any(${[...productIds]}::uuid[])
         and not exists (select from range where range.product_id = old.product_id and range.currency = old.currency)
    )
    insert into product_price_range (product_id, currency, min_minor, max_minor)
    select product_id, currency, min_minor, max_minor from range
    on conflict (tenant_id, product_id, currency) do update set min_minor = excluded.min_minor, max_minor = excluded.max_minor`.execute(
    db,
  );
}

/** Updates the sort price and the in-stock flag of products. @param productIds @default all products of the tenant */
export async function refreshSortPrices(
  { db, tenantId }: CatalogTransaction,
  productIds?: readonly string[],
): Promise<void> {
  const these = productIds
    ? sql`unnest(${[...productIds]}::uuid[]) as these (id)`
    : sql`(select id from product where tenant_id = ${tenantId}) these`;
  await sql`
    update product set sort_price_minor = fresh.sort_price_minor, in_stock = fresh.in_stock
      from (
        select these.id, ${isInStock(tenantId)} as in_stock,
               coalesce((select min_minor from product_price_range range
                          where range.tenant_id = ${tenantId} and range.product_id = these.id
                            and range.currency = ${defaultCurrency(tenantId)}), ${NO_PRICE}::bigint) as sort_price_minor
          from ${these}) fresh
     where product.tenant_id = ${tenantId} and product.id = fresh.id
       and (product.sort_price_minor, product.in_stock) <> (fresh.sort_price_minor, fresh.in_stock)`.execute(db);
}

/** Updates the in-stock flag of the products that have these SKUs. @returns the ids of the products whose flag changed */
export async function refreshInStock(
  { db, tenantId }: CatalogTransaction,
  skus: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    update product set in_stock = fresh.in_stock
      from (
        select these.id, ${isInStock(tenantId)} as in_stock
          from (select distinct product_id as id from product_variant
                 where tenant_id = ${tenantId} and sku = any(${[...skus]}::text[]) and deleted_at is null) these) fresh
     where product.tenant_id = ${tenantId} and product.id = fresh.id and product.in_stock <> fresh.in_stock
    returning product.id`.execute(db);
  return rows.map(({ id }) => id);
}

/**
 * SQL for the in-stock flag of the product `these.id`. It is a scalar subquery instead of EXISTS, because Postgres may evaluate EXISTS by
 * hashing all variants.
 */
const isInStock = (tenantId: string) => sql`coalesce((
  select true from product_variant v
    join variant_stock stock on stock.tenant_id = v.tenant_id and stock.sku = v.sku and stock.available > 0
   where v.tenant_id = ${tenantId} and v.product_id = these.id and v.deleted_at is null limit 1), false)`;

/**
 * Updates the table of the lists in which products appear: their categories, all ancestors, and their collections. Marks the products for
 * the search index.
 * LATERAL with OFFSET 0 makes Postgres look up one product at a time, even during an import when statistics are missing.
 */
export async function refreshListings(tx: CatalogTransaction, productIds: readonly string[]): Promise<void> {
  const { db, tenantId } = tx;
  const these = sql`unnest(${[...productIds]}::uuid[]) as these (id)`;
  await sql`
    delete from product_listing
     where (tenant_id, product_id, list_id) in (
       select ${tenantId}::uuid, these.id, old.list_id
         from ${these},
              lateral (select list_id from product_listing
                        where tenant_id = ${tenantId} and product_id = these.id offset 0) old
        where old.list_id not in (${placesOf(tenantId)}))`.execute(db);
  await sql`
    insert into product_listing (product_id, list_id, listed_at)
    select these.id, placed.list_id, product.listed_at
      from ${these},
           lateral (select listed_at from product
                     where tenant_id = ${tenantId} and id = these.id and deleted_at is null offset 0) product,
           lateral (${placesOf(tenantId)} offset 0) placed
    on conflict (tenant_id, product_id, list_id) do update set listed_at = excluded.listed_at
      where product_listing.listed_at <> excluded.listed_at`.execute(db);
  await markForSearch(tx, productIds);
}

/** SQL for the ids of the lists that contain the product `these.id`: its categories with all ancestors, and its collections. */
const placesOf = (tenantId: string) => sql`
  select ancestor.ancestor_id as list_id
    from product_category placed
    join category_ancestor ancestor on ancestor.tenant_id = placed.tenant_id and ancestor.category_id = placed.category_id
   where placed.tenant_id = ${tenantId} and placed.product_id = these.id
   union
  select collection_id from product_collection where tenant_id = ${tenantId} and product_id = these.id`;
