import type { PageRange } from '@souk/kit/domain';
import { valueOrThrow } from '@souk/kit/graphql';
import { attributesOf, type AttributeValues } from '../attribute/attribute.repository.ts';
import { brandsOfProducts, type BrandRow } from '../brand/brand.repository.ts';
import { categoriesOfProducts, type CategoryRow } from '../category/category.repository.ts';
import { collectionsOfProducts, type CollectionRow } from '../collection/collection.repository.ts';
import type { CatalogRead } from '../database.ts';
import { variantsOfProducts, type VariantPage, type VariantRow } from '../variant/variant.repository.ts';
import { mediaOfProducts, type MediaRow } from './media.repository.ts';
import type { WantedOfProduct, WantedOfVariant, WantedVariants } from './product-selection.ts';
import type { ProductRow } from './product.repository.ts';

/** A variant with the requested details. Details that were not requested are absent. */
export interface LoadedVariant {
  readonly row: VariantRow;
  readonly attributes?: readonly AttributeValues[];
}

/** A page of a product's variants, and the range that was requested. */
export interface LoadedVariants {
  readonly range: PageRange;
  readonly page: VariantPage;
  readonly attributes: ReadonlyMap<string, AttributeValues[]> | null;
}

/** A product with the requested details. A resolver loads absent details when it needs them. */
export interface LoadedProduct {
  readonly row: ProductRow;
  readonly brand?: BrandRow | null;
  readonly categories?: readonly CategoryRow[];
  readonly collections?: readonly CollectionRow[];
  readonly attributes?: readonly AttributeValues[];
  readonly media?: readonly MediaRow[];
  readonly variants?: LoadedVariants;
}

/** Loads the requested details of products. Runs one statement per kind of detail, for any number of products. */
export async function loadProducts(
  tx: CatalogRead,
  rows: readonly ProductRow[],
  wanted: WantedOfProduct,
): Promise<LoadedProduct[]> {
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return [];
  // The statements share one connection, so they run one after another.
  const variants = wanted.variants && (await loadVariantPages(tx, ids, wanted.variants));
  const brands = wanted.brand && (await brandsOfProducts(tx, ids));
  const categories = wanted.categories && (await categoriesOfProducts(tx, ids));
  const collections = wanted.collections && (await collectionsOfProducts(tx, ids));
  const attributes = wanted.attributes && (await attributesOf(tx, 'product', ids));
  const media = wanted.media && (await mediaOfProducts(tx, ids));
  return rows.map((row) => {
    const page = variants?.get(row.id);
    return {
      row,
      ...(page && { variants: page }),
      ...(brands && { brand: brands.get(row.id) ?? null }),
      ...(categories && { categories: categories.get(row.id) ?? [] }),
      ...(collections && { collections: collections.get(row.id) ?? [] }),
      ...(attributes && { attributes: attributes.get(row.id) ?? [] }),
      ...(media && { media: media.get(row.id) ?? [] }),
    };
  });
}

/** Loads a page of the variants of each product. `wanted.range` applies to each product. @throws GraphQLError for an invalid cursor */
export async function loadVariantPages(
  tx: CatalogRead,
  productIds: readonly string[],
  wanted: WantedVariants,
): Promise<ReadonlyMap<string, LoadedVariants>> {
  const pages = valueOrThrow(await variantsOfProducts(tx, productIds, wanted.range, wanted));
  const attributes = wanted.attributes
    ? await attributesOfVariants(
        tx,
        [...pages.values()].flatMap(({ rows }) => rows),
      )
    : null;
  const { range } = wanted;
  return new Map([...pages].map(([id, page]) => [id, { range, page, attributes }]));
}

/** Loads the requested details of variants that were already read. */
export async function loadVariants(
  tx: CatalogRead,
  rows: readonly VariantRow[],
  wanted: WantedOfVariant,
): Promise<LoadedVariant[]> {
  const attributes = wanted.attributes && rows.length > 0 ? await attributesOfVariants(tx, rows) : null;
  return rows.map((row) => ({ row, ...(attributes && { attributes: attributes.get(row.id) ?? [] }) }));
}

function attributesOfVariants(tx: CatalogRead, rows: readonly VariantRow[]) {
  return attributesOf(
    tx,
    'variant',
    rows.map(({ id }) => id),
  );
}
