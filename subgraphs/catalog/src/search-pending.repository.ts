import { fixedStatement } from '@souk/kit/persistence';
import { sql } from 'kysely';
import type { CatalogRead, CatalogTransaction } from './database.ts';

const markProducts = fixedStatement('insert into search_pending (product_id) select unnest($1::uuid[])');

/**
 * Marks products for the search index, because their search documents are outdated. The handler of the next event or a job indexes them.
 */
export async function markForSearch({ db }: CatalogTransaction, productIds: readonly string[]): Promise<void> {
  if (productIds.length > 0) await markProducts(db, [...productIds]);
}

/** Marks all products of the tenant for the search index. */
export async function markAllForSearch({ db, tenantId }: CatalogTransaction): Promise<void> {
  await sql`
    insert into search_pending (product_id)
    select id from product where tenant_id = ${tenantId} and deleted_at is null`.execute(db);
}

/** Marks for the search index the products that have an attribute, and the products with a variant that has the attribute. */
export async function markAttributeForSearch({ db, tenantId }: CatalogTransaction, attributeId: string): Promise<void> {
  await sql`
    insert into search_pending (product_id)
    select product_id from product_attribute_value where tenant_id = ${tenantId} and attribute_id = ${attributeId}::uuid
     union
    select v.product_id from variant_attribute_value held
      join product_variant v on v.tenant_id = held.tenant_id and v.id = held.variant_id
     where held.tenant_id = ${tenantId} and held.attribute_id = ${attributeId}::uuid`.execute(db);
}

/** Marks the products of a brand for the search index. */
export async function markBrandForSearch({ db, tenantId }: CatalogTransaction, brandId: string): Promise<void> {
  await sql`
    insert into search_pending (product_id)
    select id from product where tenant_id = ${tenantId} and brand_id = ${brandId}::uuid and deleted_at is null`.execute(
    db,
  );
}

/**
 * Returns the products that were marked first, and deletes their marks. The advisory lock serializes the indexing of a tenant. Otherwise a
 * slow transaction could overwrite new documents with documents of older rows.
 */
export async function takePending({ db, tenantId }: CatalogTransaction, limit: number): Promise<string[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`search:${tenantId}`}, 0))`.execute(db);
  const { rows } = await sql<{ product_id: string }>`
    delete from search_pending
     where tenant_id = ${tenantId} and id = any(array(
       select id from search_pending where tenant_id = ${tenantId} order by id limit ${limit}))
    returning product_id`.execute(db);
  return [...new Set(rows.map((row) => row.product_id))];
}

/** Stands for the beginning of a rebuild in the marks of an export. */
export const REBUILD = '00000000-0000-0000-0000-000000000000';

/** The changes that searches do not find yet. */
export interface PendingProducts {
  readonly pending: number;
  /** The time of the earliest of these changes. Null when the index is up to date. */
  readonly since: Date | null;
}

export async function pendingProducts({ db, tenantId }: CatalogRead): Promise<PendingProducts> {
  const { rows } = await sql<{ pending: number; since: Date | null }>`
    select count(*) filter (where product_id <> ${REBUILD})::integer as pending, min(marked_at) as since
      from (select product_id, marked_at from search_pending where tenant_id = ${tenantId}
             union all
            select product_id, marked_at from search_export where tenant_id = ${tenantId}) waiting`.execute(db);
  return rows[0] ?? { pending: 0, since: null };
}
