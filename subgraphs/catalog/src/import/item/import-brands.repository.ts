import { randomUUID } from 'node:crypto';
import { BrandEntity } from '../../brand/brand.entity.ts';
import type { CatalogTransaction } from '../../database.ts';
import { insertRows } from '../../insert-rows.repository.ts';
import type { GivenBrand } from './given-product.ts';
import { brandIdOf, type KnownBrands } from './plan-item.ts';

/**
 * Finds the brands that a file names, and creates brands that the file describes by their name.
 * @param dryRun gives missing brands an id without creating them
 */
export async function knownBrands(
  tx: CatalogTransaction,
  given: readonly GivenBrand[],
  { dryRun }: { readonly dryRun: boolean },
): Promise<KnownBrands> {
  if (given.length === 0) return { bySlug: new Map(), byName: new Map() };
  const found = await storedBrands(tx, given);
  const missing = new Map(
    given.flatMap((brand) =>
      brand.name === null || brandIdOf(brand, found) !== null
        ? []
        : [[brand.slug, { id: randomUUID(), slug: brand.slug, name: brand.name }] as const],
    ),
  );
  if (missing.size === 0) return found;
  const added = new Map([...missing].map(([slug, { id }]) => [slug, id]));
  if (dryRun) return { ...found, bySlug: new Map([...found.bySlug, ...added]) };
  await insertRows(tx, BrandEntity, [...missing.values()], { onConflict: 'skip' });
  return storedBrands(tx, given); // a concurrent import may have created the same brand
}

async function storedBrands({ db, tenantId }: CatalogTransaction, given: readonly GivenBrand[]): Promise<KnownBrands> {
  const rows = await db
    .selectFrom('brand')
    .select(['id', 'slug', 'name'])
    .where('tenant_id', '=', tenantId)
    .where('deleted_at', 'is', null)
    .where(({ or, eb }) =>
      or([
        eb(
          'slug',
          'in',
          given.map(({ slug }) => slug),
        ),
        eb(
          'name',
          'in',
          given.map(({ name, slug }) => name ?? slug),
        ),
      ]),
    )
    .orderBy('id', 'desc')
    .execute();
  return {
    bySlug: new Map(rows.map(({ id, slug }) => [slug, id])),
    byName: new Map(rows.map(({ id, name }) => [name, id])),
  };
}
