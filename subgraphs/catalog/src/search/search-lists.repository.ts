import { isUuid } from '@souk/kit/domain';
import { sql } from 'kysely';
import type { CatalogRead } from '../database.ts';
import { languageOf, translated } from '../translation/translated.repository.ts';

/** The ids of brands, categories or collections that are given by id or slug. Unknown ids and slugs are left out. */
export async function listIds(
  { db, tenantId }: CatalogRead,
  kind: 'brand' | 'category' | 'collection',
  idsOrSlugs: readonly string[],
): Promise<string[]> {
  if (idsOrSlugs.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(kind)}
     where tenant_id = ${tenantId} and deleted_at is null
       and (id = any(${idsOrSlugs.filter(isUuid)}::uuid[]) or slug = any(${[...idsOrSlugs]}::text[]))`.execute(db);
  return rows.map(({ id }) => id);
}

/** The names of categories, brands and attributes, which the facets of a response show. */
export interface FacetNames {
  /** Categories by id, with names in the language of the request. */
  readonly categories: ReadonlyMap<string, { readonly name: string; readonly slug: string }>;
  readonly brands: ReadonlyMap<string, { readonly name: string; readonly slug: string }>;
  /** Names of attributes by code. */
  readonly attributes: ReadonlyMap<string, string>;
}

export async function facetNames(
  { db, ctx, tenantId }: CatalogRead,
  { categoryIds, brandIds, codes }: Readonly<Record<'categoryIds' | 'brandIds' | 'codes', readonly string[]>>,
): Promise<FacetNames> {
  const categories = await db
    .selectFrom('category')
    .select(['category.id', 'category.slug', translated('category', 'name', languageOf(ctx)).as('name')])
    .where('category.tenant_id', '=', tenantId)
    .where('category.id', '=', sql<string>`any(${[...categoryIds]}::uuid[])`)
    .where('category.deleted_at', 'is', null)
    .execute();
  const brands = await db
    .selectFrom('brand')
    .select(['brand.id', 'brand.slug', 'brand.name'])
    .where('brand.tenant_id', '=', tenantId)
    .where('brand.id', '=', sql<string>`any(${[...brandIds]}::uuid[])`)
    .where('brand.deleted_at', 'is', null)
    .execute();
  const attributes = await db
    .selectFrom('attribute')
    .select(['attribute.code', 'attribute.name'])
    .where('attribute.tenant_id', '=', tenantId)
    .where('attribute.code', '=', sql<string>`any(${[...codes]}::text[])`)
    .where('attribute.deleted_at', 'is', null)
    .execute();
  return {
    categories: new Map(categories.map((category) => [category.id, category])),
    brands: new Map(brands.map((brand) => [brand.id, brand])),
    attributes: new Map(attributes.map(({ code, name }) => [code, name])),
  };
}
