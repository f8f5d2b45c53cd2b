import { sql } from 'kysely';
import type { CatalogRead } from '../../database.ts';
import type { SearchSource, TranslatedText } from './search-document.ts';

type SourceRow = Omit<SearchSource, 'categories' | 'collectionIds'> & { readonly listIds: readonly string[] };
type CategoryRow = TranslatedText & { readonly id: string };

const translations = (subject: 'product' | 'category') => sql`coalesce((
  select jsonb_agg(jsonb_build_object('locale', t.locale, 'name', t.name, 'description', t.description) order by t.locale)
    from ${sql.table(`${subject}_translation`)} t
   where t.tenant_id = ${sql.ref(`${subject}.tenant_id`)} and ${sql.ref(`t.${subject}_id`)} = ${sql.ref(`${subject}.id`)}), '[]')`;

const attributeValues = (owner: 'product' | 'variant', ofProduct: ReturnType<typeof sql>) => sql`
  select a.code, held.value from ${sql.table(`${owner}_attribute_value`)} held
    join attribute a on a.tenant_id = held.tenant_id and a.id = held.attribute_id and a.deleted_at is null
   where held.tenant_id = product.tenant_id and ${ofProduct}`;

/** The data of products from which their search documents are made. Deleted products are left out. */
export async function searchSources(tx: CatalogRead, productIds: readonly string[]): Promise<SearchSource[]> {
  const { rows } = await sql<SourceRow>`
    select product.id, product.status = 'PUBLISHED' as "isPublished", product.name, product.description, product.base_sku as "baseSku",
           product.external_reference as "externalReference", to_json(product.listed_at) #>> '{}' as "listedAt", product.in_stock as "inStock",
           ${translations('product')} as translations, product.tags,
           (select jsonb_build_object('id', b.id, 'name', b.name) from brand b
             where b.tenant_id = product.tenant_id and b.id = product.brand_id and b.deleted_at is null) as brand,
           coalesce((select jsonb_agg(jsonb_build_object('sku', v.sku, 'barcode', v.barcode, 'externalReference', v.external_reference, 'options', v.options)
                                      order by v.position)
              from product_variant v
             where v.tenant_id = product.tenant_id and v.product_id = product.id and v.deleted_at is null), '[]') as variants,
           coalesce((select jsonb_agg(distinct jsonb_build_object('code', held.code, 'value', held.value)) from (
             ${attributeValues('product', sql`held.product_id = product.id`)} union all
             ${attributeValues(
               'variant',
               sql`held.variant_id in (select v.id from product_variant v
                     where v.tenant_id = product.tenant_id and v.product_id = product.id and v.deleted_at is null)`,
             )}) held), '[]') as attributes,
           coalesce((select jsonb_object_agg(r.currency, r.min_minor) from product_price_range r
             where r.tenant_id = product.tenant_id and r.product_id = product.id), '{}') as prices,
           array(select l.list_id from product_listing l
                  where l.tenant_id = product.tenant_id and l.product_id = product.id) as "listIds"
      from unnest(${[...productIds]}::uuid[]) wanted (id)
      join product on product.tenant_id = ${tx.tenantId} and product.id = wanted.id and product.deleted_at is null`.execute(
    tx.db,
  );
  const categories = await categoriesById(tx, [...new Set(rows.flatMap(({ listIds }) => listIds))]);
  return rows.map(({ listIds, ...row }) => ({
    ...row,
    categories: listIds.flatMap((id) => categories.get(id) ?? []),
    collectionIds: listIds.filter((id) => !categories.has(id)),
  }));
}

async function categoriesById(
  { db, tenantId }: CatalogRead,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CategoryRow>> {
  const { rows } = await sql<CategoryRow>`
    select category.id, category.name, '' as description, ${translations('category')} as translations
      from category
     where category.tenant_id = ${tenantId} and category.id = any(${[...ids]}::uuid[]) and category.deleted_at is null`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.id, row]));
}
