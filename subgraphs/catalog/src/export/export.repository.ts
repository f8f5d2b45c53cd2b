import { sql } from 'kysely';
import type { CatalogRead } from '../database.ts';
import type { ExportTerms } from './export-lines.ts';

/** The ids of the next products after a product id, sorted by id. With null, the ids of the first products. */
export async function productIdsAfter(
  { db, tenantId }: CatalogRead,
  after: string | null,
  limit: number,
): Promise<string[]> {
  let query = db.selectFrom('product').select('id').where('tenant_id', '=', tenantId).where('deleted_at', 'is', null);
  if (after !== null) query = query.where('id', '>', after);
  const rows = await query.orderBy('id').limit(limit).execute();
  return rows.map(({ id }) => id);
}

/** The currencies of all prices in the shop. Each currency becomes a column. */
export async function usedCurrencies({ db, tenantId }: CatalogRead): Promise<string[]> {
  const { rows } = await sql<{ currency: string }>`
    select distinct currency from product_price_range where tenant_id = ${tenantId} order by currency`.execute(db);
  return rows.map(({ currency }) => currency);
}

/** The languages of all translated product texts. Each language becomes a column. */
export async function usedLocales({ db, tenantId }: CatalogRead): Promise<string[]> {
  const { rows } = await sql<{ locale: string }>`
    select distinct locale from product_translation where tenant_id = ${tenantId} order by locale`.execute(db);
  return rows.map(({ locale }) => locale);
}

/** The slugs of brands, categories and collections, and the names of brands, by id. */
export async function listSlugs(
  { db, tenantId }: CatalogRead,
  ids: readonly string[],
): Promise<Pick<ExportTerms, 'slugs' | 'brandNames'>> {
  const distinct = [...new Set(ids)];
  const { rows } = await sql<{ id: string; slug: string; brand_name: string | null }>`
    select id, slug, null as brand_name from category where tenant_id = ${tenantId} and id = any(${distinct}::uuid[])
    union all
    select id, slug, null from collection where tenant_id = ${tenantId} and id = any(${distinct}::uuid[])
    union all
    select id, slug, name from brand where tenant_id = ${tenantId} and id = any(${distinct}::uuid[])`.execute(db);
  return {
    slugs: new Map(rows.map(({ id, slug }) => [id, slug])),
    brandNames: new Map(rows.flatMap(({ id, brand_name: name }) => (name === null ? [] : [[id, name]]))),
  };
}
