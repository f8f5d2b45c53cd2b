import { canonicalText, isUuid, type Failure, type PageRequest, type Result } from '@souk/kit/domain';
import { keysetPage, PreparedPages, type KeysetPage, type SortBy } from '@souk/kit/persistence';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { CatalogDatabase, CatalogRead } from '../database.ts';
import type { Language } from '../translation/translated.repository.ts';
import {
  isInIndexOrder,
  priceBounds,
  type AttributeFilter,
  type PriceFilter,
  type ProductFilter,
  type ProductSort,
} from './product-filter.ts';
import type { ProductColumn } from './product-selection.ts';
import {
  productInputs,
  seesDrafts,
  selectProducts,
  viewOf,
  type ProductInputs,
  type ProductRow,
} from './product.repository.ts';

/** The filter, sort and page of a list of products. */
export interface ProductListQuery {
  readonly page: PageRequest;
  readonly filter: ProductFilter;
  readonly sort: ProductSort;
}

/**
 * Reads one page with one statement.
 * @param columns the columns to read. Null means all columns
 */
export function listProducts(
  tx: CatalogRead,
  query: ProductListQuery,
  columns: readonly ProductColumn[] | null,
): Promise<Result<KeysetPage<ProductRow>, Failure>> {
  const { page, filter, sort } = query;
  if (isInIndexOrder(filter, sort)) return listInIndexOrder(tx, query, columns);
  const view = viewOf(tx.ctx);
  const list = listOf(tx, filter);
  const conditions = conditionsOf(tx, filter);
  const options = { filter: cursorScope(query), page };
  if (list && sort.field === 'NEWEST') {
    const { query: newest, ...order } = newestOf(selectProducts(tx.db, view, columns), view, list, sort);
    return keysetPage(
      newest.where(({ and }) => and(conditions)),
      { ...order, ...options },
    );
  }
  const all = selectProducts(tx.db, view, columns).where(({ and }) =>
    and([...conditions, ...(list ? [isListed(list)] : [])]),
  );
  return keysetPage(all, { ...inOrder(sort), ...options });
}

const PAGES = new PreparedPages<ProductInputs & { readonly list: string }>();

/** Reads pages of the most frequent lists with prepared statements. An index has these lists in their order. */
function listInIndexOrder(
  { db, ctx }: CatalogRead,
  query: ProductListQuery,
  columns: readonly ProductColumn[] | null,
): Promise<Result<KeysetPage<ProductRow>, Failure>> {
  const { page, filter, sort } = query;
  const list = filter.category || filter.collection || '';
  const kind = filter.category ? 'category' : filter.collection ? 'collection' : null;
  const [isId, drafts] = [isUuid(list), seesDrafts(ctx)];
  const reading = {
    db,
    shape: JSON.stringify([kind, isId, sort, drafts, columns]),
    inputs: { ...productInputs(ctx), list },
    filter: cursorScope(query),
    page,
  };
  const products = (given: ProductInputs) => selectProducts(db, { ...given, seesDrafts: drafts }, columns);
  if (kind === null)
    return PAGES.read({ ...reading, build: (given) => ({ query: products(given), ...inOrder(sort) }) });
  return PAGES.read({
    ...reading,
    build: (given) => newestOf(products(given), given, listId(kind, isId, given.list, given.tenantId), sort),
  });
}

/**
 * The newest products of a category or collection. The table `product_listing` is sorted this way, so the cursor contains only columns of
 * this table.
 */
function newestOf(
  products: ReturnType<typeof selectProducts>,
  { tenantId }: Language,
  list: RawBuilder<string>,
  { direction }: ProductSort,
) {
  const query = products
    .innerJoin('product_listing', (on) =>
      on
        .onRef('product_listing.tenant_id', '=', 'product.tenant_id')
        .onRef('product_listing.product_id', '=', 'product.id'),
    )
    .where('product_listing.tenant_id', '=', tenantId)
    .where('product_listing.list_id', '=', list);
  return {
    query,
    sort: [{ by: 'product_listing.listed_at', direction } as const],
    id: 'product_listing.product_id' as const,
  };
}

const inOrder = (sort: ProductSort) => ({ sort: [sortBy(sort)], id: 'product.id' as const });

/** The properties of a list that its cursors depend on. A cursor of another list is refused. */
function cursorScope({ filter, sort }: ProductListQuery) {
  return { ...filter, sort: sort.field };
}

/** Counts the products of a list. Expensive: call it only when the client selects the count. */
export async function countProducts(tx: CatalogRead, filter: ProductFilter): Promise<number> {
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

function visibility(tx: CatalogRead): RawBuilder<SqlBool>[] {
  return seesDrafts(tx.ctx) ? [] : [sql<SqlBool>`product.status = 'PUBLISHED'`];
}

/**
 * SQL for the id of the category or collection in the filter. The category is used when the filter has both. Null when the filter has
 * neither.
 */
function listOf({ tenantId }: CatalogRead, { category, collection }: ProductFilter): RawBuilder<string> | null {
  if (category) return listId('category', isUuid(category), category, tenantId);
  return collection ? listId('collection', isUuid(collection), collection, tenantId) : null;
}

/** SQL for the id of a category or collection. For an unknown slug the id is null, so the list is empty. */
function listId(
  kind: 'category' | 'collection',
  isId: boolean,
  idOrSlug: string,
  tenantId: string,
): RawBuilder<string> {
  if (isId) return sql<string>`${idOrSlug}::uuid`;
  return sql<string>`(select id from ${sql.table(kind)} where tenant_id = ${tenantId} and slug = ${idOrSlug} and deleted_at is null)`;
}

function isListed(list: RawBuilder<string>): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (
    select from product_listing l where l.tenant_id = product.tenant_id and l.product_id = product.id and l.list_id = ${list})`;
}

function conditionsOf({ tenantId }: CatalogRead, filter: ProductFilter): RawBuilder<SqlBool>[] {
  const { category, collection, price, attributes, inStock, ids, skus } = filter;
  return [
    ...(category && collection ? [isListed(listId('collection', isUuid(collection), collection, tenantId))] : []),
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
 * SQL for the condition on one attribute. Postgres may start at the index of the first attribute, which is fast for a rare value.
 * OFFSET prevents joins for further attributes, which Postgres then looks up product by product. With joins, the planner would compare all
 * join orders, which takes seconds for a dozen attributes.
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
