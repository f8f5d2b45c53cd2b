import { ok, withCursors, type Failure, type PageRange, type PageRequest, type Result } from '@souk/kit/domain';
import { keysetPage, type KeysetPage } from '@souk/kit/persistence';
import { sql } from 'kysely';
import type { CatalogRead } from '../database.ts';
import { pagesByParent, placeOfCursor, placesWithin } from '../position-page.repository.ts';
import { languageOf, translated } from '../translation/translated.repository.ts';

/** Selects the tenant's categories, with their texts in the language of the request. */
function selectCategories({ db, ctx, tenantId }: CatalogRead) {
  return db
    .selectFrom('category')
    .where('category.tenant_id', '=', tenantId)
    .where('category.deleted_at', 'is', null)
    .select([
      'category.id',
      'category.parent_id',
      'category.slug',
      'category.position',
      'category.external_reference',
      'category.created_at',
      'category.created_by',
      'category.updated_at',
      'category.updated_by',
      'category.version',
      translated('category', 'name', languageOf(ctx)).as('name'),
      translated('category', 'description', languageOf(ctx)).as('description'),
      translated<string | null>('category', 'seo_title', languageOf(ctx)).as('seo_title'),
      translated<string | null>('category', 'seo_description', languageOf(ctx)).as('seo_description'),
    ]);
}

/** A category as read from the database. */
export type CategoryRow = Awaited<ReturnType<ReturnType<typeof selectCategories>['executeTakeFirstOrThrow']>>;

/** Finds categories by id or slug. Unknown categories are left out. */
export function findCategories(tx: CatalogRead, by: 'id' | 'slug', values: readonly string[]): Promise<CategoryRow[]> {
  const type = sql.raw(by === 'id' ? 'uuid' : 'text');
  return selectCategories(tx)
    .where(`category.${by}`, '=', sql<string>`any(${[...values]}::${type}[])`)
    .execute();
}

/** A page of the root categories, by position. */
export function listRoots(tx: CatalogRead, page: PageRequest): Promise<Result<KeysetPage<CategoryRow>, Failure>> {
  const roots = selectCategories(tx).where('category.parent_id', 'is', null);
  return keysetPage(roots, {
    sort: [{ by: 'category.position', direction: 'asc' }],
    id: 'category.id',
    filter: null,
    page,
  });
}

/** A page of the children of each category, by position. One statement reads all pages, and `page` applies to each of them. */
export async function childrenOf(
  tx: CatalogRead,
  parentIds: readonly string[],
  asked: PageRange,
): Promise<Result<ReadonlyMap<string, KeysetPage<CategoryRow>>, Failure>> {
  const range = withCursors(asked, placeOfCursor);
  if (!range.ok) return range;
  const { conditions, direction } = placesWithin(range.value, 'category');
  const children = selectCategories(tx)
    .select(
      sql<number>`row_number() over (partition by category.parent_id order by category.position ${direction}, category.id ${direction})`.as(
        'place',
      ),
    )
    .where('category.parent_id', '=', sql<string>`any(${[...parentIds]}::uuid[])`)
    .where(({ and }) => and(conditions));
  const rows = await tx.db
    .selectFrom(children.as('child'))
    .selectAll()
    .where('place', '<=', asked.size + 1)
    .orderBy('place')
    .execute();
  return ok(pagesByParent(parentIds, rows, ({ parent_id }) => parent_id ?? '', range.value));
}

/** The path from the root to each category. The category itself is the last entry. */
export async function pathsOf(
  tx: CatalogRead,
  categoryIds: readonly string[],
): Promise<ReadonlyMap<string, CategoryRow[]>> {
  const rows = await selectCategories(tx)
    .innerJoin('category_ancestor', (on) =>
      on
        .onRef('category_ancestor.tenant_id', '=', 'category.tenant_id')
        .onRef('category_ancestor.ancestor_id', '=', 'category.id'),
    )
    .select('category_ancestor.category_id as of')
    .where('category_ancestor.category_id', '=', sql<string>`any(${[...categoryIds]}::uuid[])`)
    .orderBy('category_ancestor.distance', 'desc')
    .execute();
  return Map.groupBy(rows, (row) => row.of);
}

/** The categories to which products were assigned, by product id, in the order in which staff entered them. */
export async function categoriesOfProducts(
  tx: CatalogRead,
  productIds: readonly string[],
): Promise<ReadonlyMap<string, CategoryRow[]>> {
  const rows = await selectCategories(tx)
    .innerJoin('product_category', (on) =>
      on
        .onRef('product_category.tenant_id', '=', 'category.tenant_id')
        .onRef('product_category.category_id', '=', 'category.id'),
    )
    .select('product_category.product_id as of')
    .where('product_category.product_id', '=', sql<string>`any(${[...productIds]}::uuid[])`)
    .orderBy('product_category.position')
    .orderBy('category.id')
    .execute();
  return Map.groupBy(rows, (row) => row.of);
}
