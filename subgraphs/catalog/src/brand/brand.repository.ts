import type { Failure, PageRequest, Result } from '@souk/kit/domain';
import { keysetPage, type KeysetPage } from '@souk/kit/persistence';
import { sql } from 'kysely';
import type { CatalogRead } from '../database.ts';

function selectBrands({ db, tenantId }: CatalogRead) {
  return db
    .selectFrom('brand')
    .where('brand.tenant_id', '=', tenantId)
    .where('brand.deleted_at', 'is', null)
    .select([
      'brand.id',
      'brand.slug',
      'brand.name',
      'brand.created_at',
      'brand.created_by',
      'brand.updated_at',
      'brand.updated_by',
      'brand.version',
    ]);
}

/** A brand as read from the database. */
export type BrandRow = Awaited<ReturnType<ReturnType<typeof selectBrands>['executeTakeFirstOrThrow']>>;

/** Finds brands by id or slug. Unknown brands are left out. */
export function findBrands(tx: CatalogRead, by: 'id' | 'slug', values: readonly string[]): Promise<BrandRow[]> {
  const type = sql.raw(by === 'id' ? 'uuid' : 'text');
  return selectBrands(tx)
    .where(`brand.${by}`, '=', sql<string>`any(${[...values]}::${type}[])`)
    .execute();
}

/** A page of the tenant's brands, sorted by slug. */
export function listBrands(tx: CatalogRead, page: PageRequest): Promise<Result<KeysetPage<BrandRow>, Failure>> {
  return keysetPage(selectBrands(tx), {
    sort: [{ by: 'brand.slug', direction: 'asc' }],
    id: 'brand.id',
    filter: null,
    page,
  });
}

/** The brands of products, by product id. A product without a brand, or with a deleted brand, is absent. */
export async function brandsOfProducts(
  tx: CatalogRead,
  productIds: readonly string[],
): Promise<ReadonlyMap<string, BrandRow>> {
  const rows = await selectBrands(tx)
    .innerJoin('product', (on) =>
      on.onRef('product.tenant_id', '=', 'brand.tenant_id').onRef('product.brand_id', '=', 'brand.id'),
    )
    .select('product.id as of')
    .where('product.id', '=', sql<string>`any(${[...productIds]}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.of, row]));
}
