import type { Transaction } from '@souk/kit/persistence';
import { sql } from 'kysely';
import type { CatalogDatabase } from '../database.ts';
import { defaultCurrency } from '../settings/store-defaults.ts';

type Tx = Transaction<CatalogDatabase>;

/** More than any price: what a product without one is sorted by. The default of the column says the same. */
const NO_PRICE = Number.MAX_SAFE_INTEGER;

/** Brings all that is derived of products up to date. Call it after prices, variants, status or placement have changed. */
export async function refreshProducts(tx: Tx, productIds: readonly string[]): Promise<void> {
  if (productIds.length === 0) return;
  await refreshPriceRanges(tx, productIds);
  await refreshSortPrices(tx, productIds);
  await refreshListings(tx, productIds);
}

async function refreshPriceRanges({ db, tenantId }: Tx, productIds: readonly string[]): Promise<void> {
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

/** What products are sorted by as prices, and whether they are in stock. Without ids: of all products of the tenant. */
export async function refreshSortPrices({ db, tenantId }: Tx, productIds?: readonly string[]): Promise<void> {
  const some = productIds ? sql`and product.id = any(${[...productIds]}::uuid[])` : sql``;
  await sql`
    update product set sort_price_minor = fresh.sort_price_minor, in_stock = fresh.in_stock
      from (
        select product.id, coalesce(range.min_minor, ${NO_PRICE}::bigint) as sort_price_minor, ${isInStock} as in_stock
          from product
          left join product_price_range range on range.tenant_id = product.tenant_id and range.product_id = product.id
                and range.currency = ${defaultCurrency(tenantId)}
         where product.tenant_id = ${tenantId} ${some}) fresh
     where product.tenant_id = ${tenantId} and product.id = fresh.id
       and (product.sort_price_minor, product.in_stock) <> (fresh.sort_price_minor, fresh.in_stock)`.execute(db);
}

/** Whether products with these SKUs are in stock. */
export async function refreshInStock({ db, tenantId }: Tx, skus: readonly string[]): Promise<void> {
  await sql`
    update product set in_stock = fresh.in_stock
      from (
        select product.id, ${isInStock} as in_stock from product
         where product.tenant_id = ${tenantId} and product.id in (
           select product_id from product_variant
            where tenant_id = ${tenantId} and sku = any(${[...skus]}::text[]) and deleted_at is null)) fresh
     where product.tenant_id = ${tenantId} and product.id = fresh.id and product.in_stock <> fresh.in_stock`.execute(
    db,
  );
}

const isInStock = sql`exists (
  select from product_variant v
    join variant_stock stock on stock.tenant_id = v.tenant_id and stock.sku = v.sku and stock.available > 0
   where v.tenant_id = product.tenant_id and v.product_id = product.id and v.deleted_at is null)`;

/** In which categories, with all above them, and collections products are listed. */
export async function refreshListings({ db, tenantId }: Tx, productIds: readonly string[]): Promise<void> {
  const these = sql`any(${[...productIds]}::uuid[])`;
  await sql`
    with placed as (
      select product_id, ancestor_id as list_id
        from product_category
        join category_ancestor on category_ancestor.tenant_id = product_category.tenant_id
             and category_ancestor.category_id = product_category.category_id
       where product_category.tenant_id = ${tenantId} and product_id = ${these}
       union
      select product_id, collection_id from product_collection where tenant_id = ${tenantId} and product_id = ${these}
    ), listed as (
      select placed.product_id, placed.list_id, product.listed_at
        from placed join product on product.id = placed.product_id
       where product.tenant_id = ${tenantId} and product.deleted_at is null
    ), gone as (
      delete from product_listing old
       where old.tenant_id = ${tenantId} and old.product_id = ${these}
         and not exists (select from listed where listed.product_id = old.product_id and listed.list_id = old.list_id)
    )
    insert into product_listing (product_id, list_id, listed_at)
    select product_id, list_id, listed_at from listed
    on conflict (tenant_id, product_id, list_id) do update set listed_at = excluded.listed_at
      where product_listing.listed_at <> excluded.listed_at`.execute(db);
}
