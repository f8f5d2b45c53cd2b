import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { insertAncestry } from '../category/category-tree.repository.ts';
import { CategoryEntity, CategoryTranslationEntity } from '../category/category.entity.ts';
import type { CatalogTransaction } from '../database.ts';
import { insertRows } from '../insert-rows.repository.ts';
import { idsByKey } from '../placement.repository.ts';
import { translationTexts } from '../translation/catalog-translation.ts';
import { ImportError, type ImportedCategory, type ImportOutcome } from './catalog-import.ts';

/** Inserts the categories that do not exist yet. Parents are inserted before their children. */
export async function storeCategories(
  tx: CatalogTransaction,
  ordered: readonly ImportedCategory[],
): Promise<ImportOutcome> {
  const slugs = ordered.flatMap(({ slug, parentSlug }) => (parentSlug ? [slug, parentSlug] : [slug]));
  const known = await idsByKey(tx, 'category', slugs);
  const unknown = ordered.filter(({ slug }) => !known.has(slug));
  const ids = new Map([...known, ...unknown.map(({ slug }) => [slug, randomUUID()] as const)]);
  const start = await lastPosition(tx);
  const rows = unknown.map((category, index) => ({
    id: idOf(ids, category.slug, category),
    parentId: category.parentSlug ? idOf(ids, category.parentSlug, category) : null,
    slug: category.slug,
    name: category.name,
    description: category.description ?? '',
    position: start + index + 1,
    externalReference: category.externalReference ?? null,
  }));
  await insertRows(tx, CategoryEntity, rows);
  await insertAncestry(tx, rows);
  await insertRows(
    tx,
    CategoryTranslationEntity,
    unknown.flatMap((category) =>
      (category.translations ?? []).map((texts) => ({
        categoryId: idOf(ids, category.slug, category),
        ...translationTexts(texts),
      })),
    ),
  );
  return { created: rows.length, skipped: ordered.length - rows.length };
}

/** The highest position of all categories. New categories are placed after it, whatever their parents are. */
async function lastPosition({ db, tenantId }: CatalogTransaction): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    select coalesce(max(position), 0) as last from category where tenant_id = ${tenantId} and deleted_at is null`.execute(
    db,
  );
  return rows[0]?.last ?? 0;
}

function idOf(ids: ReadonlyMap<string, string>, slug: string, category: ImportedCategory): string {
  const id = ids.get(slug);
  if (!id) throw new ImportError(`Category "${category.slug}"`, `there is no category "${slug}", import it first`);
  return id;
}
