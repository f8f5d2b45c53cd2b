import { apiKeyOf, hasScope } from '@souk/kit/context';
import { sql, type Selectable } from 'kysely';
import { CatalogWrite } from '../contract.ts';
import type { CatalogDatabase, CatalogRead, CatalogTransaction } from '../database.ts';
import { insertRows } from '../insert-rows.repository.ts';
import { ProductMetafieldEntity } from './metafield.entity.ts';
import { SHOP_OWNER, type NewMetafield } from './metafield.ts';

/** A metafield as read from the database. */
export type MetafieldRow = Pick<
  Selectable<CatalogDatabase['product_metafield']>,
  'namespace' | 'key' | 'visibility' | 'type' | 'value'
>;

/** The metafields of products that the caller may read, by product id, sorted by namespace and key. */
export async function metafieldsOfProducts(
  { db, ctx, tenantId }: CatalogRead,
  productIds: readonly string[],
): Promise<ReadonlyMap<string, MetafieldRow[]>> {
  const owners = [SHOP_OWNER, apiKeyOf(ctx)].filter((id) => id !== null);
  const all = db
    .selectFrom('product_metafield')
    .select(['product_id as of', 'namespace', 'key', 'visibility', 'type', 'value'])
    .where('tenant_id', '=', tenantId)
    .where('product_id', '=', sql<string>`any(${[...productIds]}::uuid[])`)
    .where('owner_id', '=', sql<string>`any(${owners}::uuid[])`)
    .orderBy('namespace')
    .orderBy('key')
    .orderBy('owner_id');
  const rows = await (hasScope(ctx, CatalogWrite) ? all : all.where('visibility', '<>', 'STAFF')).execute();
  return Map.groupBy(rows, (row) => row.of);
}

/** Replaces or deletes metafields of a product. */
export async function replaceMetafields(
  tx: CatalogTransaction,
  productId: string,
  metafields: readonly NewMetafield[],
): Promise<void> {
  const keys = metafields.map(({ ownerId, namespace, key }) => ({ owner_id: ownerId, namespace, key }));
  await sql`
    delete from product_metafield old
     using jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as gone (owner_id uuid, namespace text, key text)
     where old.tenant_id = ${tx.tenantId} and old.product_id = ${productId}::uuid
       and old.owner_id = gone.owner_id and old.namespace = gone.namespace and old.key = gone.key`.execute(tx.db);
  await insertRows(
    tx,
    ProductMetafieldEntity,
    metafields.flatMap(({ value, ...metafield }) => (value === null ? [] : [{ productId, ...metafield, value }])),
  );
}

/** The number of metafields of a product, of all owners. */
export async function countMetafields({ db, tenantId }: CatalogTransaction, productId: string): Promise<number> {
  const { count } = await db
    .selectFrom('product_metafield')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('tenant_id', '=', tenantId)
    .where('product_id', '=', productId)
    .executeTakeFirstOrThrow();
  return Number(count);
}
