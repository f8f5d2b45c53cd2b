import { sql } from 'kysely';
import type { CatalogTransaction } from '../database.ts';
import { insertRows } from '../insert-rows.repository.ts';
import { CategoryAncestorEntity } from './category.entity.ts';

/** Serializes the changes of a tenant's category tree. Without the lock, two concurrent moves could create a cycle. */
export async function lockTree({ db, tenantId }: CatalogTransaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`category-tree:${tenantId}`}, 0))`.execute(db);
}

/**
 * Adds new categories to the ancestor table. Each parent must be stored, or come before its children in `categories`.
 */
export async function insertAncestry(
  tx: CatalogTransaction,
  categories: readonly { readonly id: string; readonly parentId: string | null }[],
): Promise<void> {
  const stored = await ancestriesOf(
    tx,
    categories.flatMap(({ parentId }) => parentId ?? []),
  );
  const ancestries = new Map<string, readonly string[]>(stored);
  for (const { id, parentId } of categories)
    ancestries.set(id, [id, ...(parentId ? (ancestries.get(parentId) ?? []) : [])]);
  const rows = categories.flatMap(({ id }) =>
    (ancestries.get(id) ?? []).map((ancestorId, distance) => ({ categoryId: id, ancestorId, distance })),
  );
  await insertRows(tx, CategoryAncestorEntity, rows);
}

/** The path of each category: its own id and the ids of all its ancestors, the nearest first. */
export async function ancestriesOf(
  { db, tenantId }: CatalogTransaction,
  categoryIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await db
    .selectFrom('category_ancestor')
    .select(['category_id', 'ancestor_id'])
    .where('tenant_id', '=', tenantId)
    .where('category_id', '=', sql<string>`any(${[...categoryIds]}::uuid[])`)
    .orderBy('distance')
    .execute();
  const grouped = Map.groupBy(rows, ({ category_id }) => category_id);
  return new Map([...grouped].map(([id, above]) => [id, above.map(({ ancestor_id }) => ancestor_id)]));
}

/** A category (distance 0) and all its descendants, each with its distance from the category. */
export async function descendantsOf(
  { db, tenantId }: CatalogTransaction,
  categoryId: string,
): Promise<readonly { readonly id: string; readonly distance: number }[]> {
  return db
    .selectFrom('category_ancestor')
    .select(['category_id as id', 'distance'])
    .where('tenant_id', '=', tenantId)
    .where('ancestor_id', '=', categoryId)
    .execute();
}

/** Moves a category with its descendants below another parent. Only rows of the ancestor table change. */
export async function moveSubtree(
  { db, tenantId }: CatalogTransaction,
  categoryId: string,
  parentId: string | null,
): Promise<void> {
  await sql`
    delete from category_ancestor above
     using category_ancestor below
     where above.tenant_id = ${tenantId} and below.tenant_id = ${tenantId}
       and below.ancestor_id = ${categoryId}::uuid and above.category_id = below.category_id
       and not exists (select from category_ancestor inside where inside.tenant_id = ${tenantId}
                          and inside.ancestor_id = ${categoryId}::uuid and inside.category_id = above.ancestor_id)`.execute(
    db,
  );
  if (parentId === null) return;
  await sql`
    insert into category_ancestor (category_id, ancestor_id, distance)
    select below.category_id, above.ancestor_id, above.distance + 1 + below.distance
      from category_ancestor above, category_ancestor below
     where above.tenant_id = ${tenantId} and below.tenant_id = ${tenantId}
       and above.category_id = ${parentId}::uuid and below.ancestor_id = ${categoryId}::uuid`.execute(db);
}

/** The products in a category, or in one of its descendants. */
export async function productsUnder({ db, tenantId }: CatalogTransaction, categoryId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('product_category')
    .innerJoin('category_ancestor', (on) =>
      on
        .onRef('category_ancestor.tenant_id', '=', 'product_category.tenant_id')
        .onRef('category_ancestor.category_id', '=', 'product_category.category_id'),
    )
    .select('product_category.product_id')
    .distinct()
    .where('product_category.tenant_id', '=', tenantId)
    .where('category_ancestor.ancestor_id', '=', categoryId)
    .execute();
  return rows.map(({ product_id }) => product_id);
}

/** The position of the last child of a category, or of the last root. -1 when there are no siblings. */
export async function lastSibling({ db, tenantId }: CatalogTransaction, parentId: string | null): Promise<number> {
  const row = await db
    .selectFrom('category')
    .select('position')
    .where('tenant_id', '=', tenantId)
    .where('deleted_at', 'is', null)
    .where('parent_id', parentId === null ? 'is' : '=', parentId)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.position ?? -1;
}

/** Removes a category from the ancestor table, and removes its products from the category. */
export async function clearCategory({ db, tenantId }: CatalogTransaction, categoryId: string): Promise<void> {
  for (const table of ['category_ancestor', 'product_category'] as const)
    await db.deleteFrom(table).where('tenant_id', '=', tenantId).where('category_id', '=', categoryId).execute();
}
