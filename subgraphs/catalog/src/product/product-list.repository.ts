import { canonicalText, isUuid, type Failure, type PageRequest, type Result } from '@souk/kit/domain';
import { keysetPage, type KeysetPage, type SortBy } from '@souk/kit/persistence';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { CatalogDatabase, CatalogTransaction } from '../database.ts';
import {
  priceBounds,
  type AttributeFilter,
  type PriceFilter,
  type ProductFilter,
  type ProductSort,
} from './product-filter.ts';
import { seesDrafts, selectProducts, type ProductRow } from './product.repository.ts';

/** The filter, sort and page of a list of products. */
export interface ProductListQuery {
  readonly page: PageRequest;
  readonly filter: ProductFilter;
  readonly sort: ProductSort;
}

/** Reads one page of products in one statement. */
export function listProducts(
  tx: CatalogTransaction,
  query: ProductListQuery,
): Promise<Result<KeysetPage<ProductRow>, Failure>> {
  const { page, filter, sort } = query;
  const list = listOf(tx, filter);
  if (list && sort.field === 'NEWEST') return listNewestOf(tx, list, query);
  const conditions = [...conditionsOf(tx, filter), ...(list ? [isListed(list)] : [])];
  return keysetPage(
    selectProducts(tx).where(({ and }) => and(conditions)),
    { sort: [sortBy(sort)], id: 'product.id', filter: cursorScope(query), page },
  );
}

/**
 * Lists the newest products of a category or collection, from the table that has this order. The cursor is compared with columns of that
 * table only.
 */
function listNewestOf(
  tx: CatalogTransaction,
  list: RawBuilder<string>,
  query: ProductListQuery,
): Promise<Result<KeysetPage<ProductRow>, Failure>> {
  const { page, filter, sort } = query;
  const listed = selectProducts(tx)
    .innerJoin('product_listing', (on) =>
      on
        .onRef('product_listing.tenant_id', '=', 'product.tenant_id')
        .onRef('product_listing.product_id', '=', 'product.id'),
    )
    .where('product_listing.tenant_id', '=', tx.tenantId)
    .where('product_listing.list_id', '=', list)
    .where(({ and }) => and(conditionsOf(tx, filter)));
  return keysetPage(listed, {
    sort: [{ by: 'product_listing.listed_at', direction: sort.direction }],
    id: 'product_listing.product_id',
    filter: cursorScope(query),
    page,
  });
}

/** The identity of the list to which a cursor belongs. */
function cursorScope({ filter, sort }: ProductListQuery) {
  return { ...filter, sort: sort.field };
}

/** Counts the products of a filter. Counting is expensive, so call this function only when the client selects the count. */
export async function countProducts(tx: CatalogTransaction, filter: ProductFilter): Promise<number> {
  const list = listOf(tx, filter);
  const { total } = await tx.db
    .selectFrom('product')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .where('product.tenant_id', '=', tx.tenantId)
    .where('product.deleted_at', 'is', null)
    .where(({ and }) => and([...visibility(tx), ...conditionsOf(tx, filter), ...(list ? [isListed(list)] : [])]))
    .executeTakeFirstOrThrow();
  return total;
}

const SORT_COLUMNS = {
  NEWEST: 'product.listed_at',
  NAME: 'product.sort_name',
  PRICE: 'product.sort_price_minor',
} as const;

function sortBy({ field, direction }: ProductSort): SortBy<CatalogDatabase, 'product'> {
  return { by: SORT_COLUMNS[field], direction };
}

function visibility(tx: CatalogTransaction): RawBuilder<SqlBool>[] {
  return seesDrafts(tx.ctx) ? [] : [sql<SqlBool>`product.status = 'PUBLISHED'`];
}

/** The id of the category in the filter or, without a category, the id of the collection. Null when the filter has neither. */
function listOf({ tenantId }: CatalogTransaction, { category, collection }: ProductFilter): RawBuilder<string> | null {
  if (category) return listId('category', category, tenantId);
  return collection ? listId('collection', collection, tenantId) : null;
}

/** The id of a category or a collection. An unknown slug gives null, which equals no id, so the list is empty. */
function listId(kind: 'category' | 'collection', idOrSlug: string, tenantId: string): RawBuilder<string> {
  if (isUuid(idOrSlug)) return sql<string>`${idOrSlug}::uuid`;
  return sql<string>`(select id from ${sql.table(kind)} where tenant_id = ${tenantId} and slug = ${idOrSlug} and deleted_at is null)`;
}

function isListed(list: RawBuilder<string>): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (
    select from product_listing l where l.tenant_id = product.tenant_id and l.product_id = product.id and l.list_id = ${list})`;
}

function conditionsOf({ tenantId }: CatalogTransaction, filter: ProductFilter): RawBuilder<SqlBool>[] {
  const { category, collection, price, attributes, inStock, ids, skus } = filter;
  return [
    ...(category && collection ? [isListed(listId('collection', collection, tenantId))] : []),
    ...(price ? [isPriced(price)] : []),
    ...(attributes ?? []).map((attribute, index) => hasValue(attribute, tenantId, index > 0)),
    ...(typeof inStock === 'boolean' ? [sql<SqlBool>`product.in_stock = ${inStock}`] : []),
    ...(ids ? [sql<SqlBool>`product.id = any(${[...ids]}::uuid[])`] : []),
    ...(skus ? [hasSku(skus, tenantId)] : []),
  ];
}

function isPriced(price: PriceFilter): RawBuilder<SqlBool> {
  const { minMinor, maxMinor } = priceBounds(price);
  return sql<SqlBool>`exists (
    select from product_price_range r where r.tenant_id = product.tenant_id and r.product_id = product.id
       and r.currency = ${price.currency} and r.min_minor <= ${maxMinor}::bigint and r.max_minor >= ${minMinor}::bigint)`;
}

/**
 * The condition of one attribute. Postgres may start a plan at the first attribute, whose index finds the products of a rare value. OFFSET
 * prevents a join for each further attribute, so that Postgres looks it up product by product. With joins, the planner would compare all
 * orders of the attributes, which takes seconds for a dozen attributes.
 */
function hasValue({ code, values }: AttributeFilter, tenantId: string, isFurther: boolean): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (
    select from product_attribute_value a where a.tenant_id = product.tenant_id and a.product_id = product.id and a.value = any(${[...values]}::text[])
       and a.attribute_id = (select id from attribute where tenant_id = ${tenantId} and code = ${code} and deleted_at is null)${isFurther ? sql` offset 0` : sql``})`;
}

function hasSku(skus: readonly string[], tenantId: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`product.id in (
    select product_id from product_variant where tenant_id = ${tenantId} and deleted_at is null and sku = any(${skus.map((sku) => canonicalText(sku) ?? sku)}::text[]))`;
}
