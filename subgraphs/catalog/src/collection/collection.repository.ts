import type { Failure, PageRequest, Result } from '@souk/kit/domain';
import { keysetPage, type KeysetPage } from '@souk/kit/persistence';
import { sql } from 'kysely';
import type { CatalogRead } from '../database.ts';
import { languageOf, translated } from '../translation/translated.repository.ts';

/** Selects the tenant's collections, with their texts in the language of the request. */
function selectCollections({ db, ctx, tenantId }: CatalogRead) {
  return db
    .selectFrom('collection')
    .where('collection.tenant_id', '=', tenantId)
    .where('collection.deleted_at', 'is', null)
    .select([
      'collection.id',
      'collection.slug',
      'collection.external_reference',
      'collection.created_at',
      'collection.created_by',
      'collection.updated_at',
      'collection.updated_by',
      'collection.version',
      translated('collection', 'name', languageOf(ctx)).as('name'),
      translated('collection', 'description', languageOf(ctx)).as('description'),
      translated<string | null>('collection', 'seo_title', languageOf(ctx)).as('seo_title'),
      translated<string | null>('collection', 'seo_description', languageOf(ctx)).as('seo_description'),
    ]);
}

/** A collection as read from the database. */
export type CollectionRow = Awaited<ReturnType<ReturnType<typeof selectCollections>['executeTakeFirstOrThrow']>>;

/** Finds collections by id or slug. Unknown collections are left out. */
export function findCollections(
  tx: CatalogRead,
  by: 'id' | 'slug',
  values: readonly string[],
): Promise<CollectionRow[]> {
  const type = sql.raw(by === 'id' ? 'uuid' : 'text');
  return selectCollections(tx)
    .where(`collection.${by}`, '=', sql<string>`any(${[...values]}::${type}[])`)
    .execute();
}

/** A page of the tenant's collections, sorted by slug. */
export function listCollections(
  tx: CatalogRead,
  page: PageRequest,
): Promise<Result<KeysetPage<CollectionRow>, Failure>> {
  return keysetPage(selectCollections(tx), {
    sort: [{ by: 'collection.slug', direction: 'asc' }],
    id: 'collection.id',
    filter: null,
    page,
  });
}

/** The collections that contain products, by product id. */
export async function collectionsOfProducts(
  tx: CatalogRead,
  productIds: readonly string[],
): Promise<ReadonlyMap<string, CollectionRow[]>> {
  const rows = await selectCollections(tx)
    .innerJoin('product_collection', (on) =>
      on
        .onRef('product_collection.tenant_id', '=', 'collection.tenant_id')
        .onRef('product_collection.collection_id', '=', 'collection.id'),
    )
    .select('product_collection.product_id as of')
    .where('product_collection.product_id', '=', sql<string>`any(${[...productIds]}::uuid[])`)
    .orderBy('collection.slug')
    .execute();
  return Map.groupBy(rows, (row) => row.of);
}
