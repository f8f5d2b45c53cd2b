import type { CatalogTransaction } from '../database.ts';
import { insertRows } from '../insert-rows.repository.ts';
import { amountMinorOf, type UnitPrice } from '../pricing/price.ts';
import { translationTexts, type CatalogTranslation } from '../translation/catalog-translation.ts';
import type { AttributeDraft, NewVariant } from '../variant/variant-draft.ts';
import { ProductVariantEntity, VariantAttributeValueEntity, VariantPriceEntity } from '../variant/variant.entity.ts';
import { refreshProducts } from './product-derived.repository.ts';
import type { MediaDraft, NewProduct } from './product-draft.ts';
import {
  ProductAttributeValueEntity,
  ProductCategoryEntity,
  ProductCollectionEntity,
  ProductMediaEntity,
  ProductTranslationEntity,
} from './product-parts.entity.ts';
import { ProductEntity } from './product.entity.ts';

/** The ids of attributes by code. */
export type AttributeIds = ReadonlyMap<string, string>;

/** Inserts any number of products with all their parts. Runs one statement per table and 5,000 rows. */
export async function insertProducts(
  tx: CatalogTransaction,
  products: readonly NewProduct[],
  attributes: AttributeIds,
): Promise<void> {
  await insertRows(tx, ProductEntity, products);
  await insertRows(
    tx,
    ProductTranslationEntity,
    products.flatMap(({ id, translations }) => translationRows(id, translations)),
  );
  await insertRows(
    tx,
    ProductMediaEntity,
    products.flatMap(({ id, media }) => mediaRows(id, media)),
  );
  await insertRows(
    tx,
    ProductAttributeValueEntity,
    products.flatMap(({ id, attributes: given }) => attributeRows({ productId: id }, given, attributes)),
  );
  await insertRows(
    tx,
    ProductCategoryEntity,
    products.flatMap(({ id, categoryIds }) => categoryRows(id, categoryIds)),
  );
  await insertRows(
    tx,
    ProductCollectionEntity,
    products.flatMap(({ id, collectionIds }) => collectionRows(id, collectionIds)),
  );
  await insertVariants(
    tx,
    products.flatMap(({ id, variants }) => variants.map((variant) => ({ ...variant, productId: id }))),
    attributes,
  );
  await refreshProducts(
    tx,
    products.map(({ id }) => id),
  );
}

/** Inserts variants with prices and attribute values. Call `refreshProducts` for the products of the variants afterwards. */
export async function insertVariants(
  tx: CatalogTransaction,
  variants: readonly (NewVariant & { readonly productId: string })[],
  attributes: AttributeIds,
): Promise<void> {
  await insertRows(tx, ProductVariantEntity, variants);
  await insertRows(
    tx,
    VariantPriceEntity,
    variants.flatMap(({ id, prices }) => priceRows(id, prices)),
  );
  await insertRows(
    tx,
    VariantAttributeValueEntity,
    variants.flatMap(({ id, attributes: given }) => attributeRows({ variantId: id }, given, attributes)),
  );
}

export function translationRows(productId: string, translations: readonly CatalogTranslation[]) {
  return translations.map((texts) => ({ productId, ...translationTexts(texts) }));
}

export function mediaRows(productId: string, media: readonly MediaDraft[]) {
  return media.map(({ url, alt, width, height, kind, mediaId }, position) => ({
    productId,
    position,
    url,
    alt: alt ?? '',
    width: width ?? null,
    height: height ?? null,
    kind: kind ?? ('IMAGE' as const),
    mediaId: mediaId ?? null,
  }));
}

/**
 * Converts attribute values to rows. An attribute whose code is not in `attributes` is skipped. Callers must have refused unknown
 * attributes.
 */
export function attributeRows<Owner extends { readonly productId: string } | { readonly variantId: string }>(
  owner: Owner,
  given: readonly AttributeDraft[],
  attributes: AttributeIds,
) {
  const values = given.flatMap(({ code, values: all }) => {
    const attributeId = attributes.get(code);
    return attributeId ? all.map((value) => ({ attributeId, value })) : [];
  });
  return values.map((value, position) => ({ ...owner, ...value, position }));
}

export function categoryRows(productId: string, categoryIds: readonly string[]) {
  return categoryIds.map((categoryId, position) => ({ productId, categoryId, position }));
}

export function collectionRows(productId: string, collectionIds: readonly string[]) {
  return collectionIds.map((collectionId) => ({ productId, collectionId }));
}

export function priceRows(variantId: string, prices: readonly UnitPrice[]) {
  return prices.map((price) => ({
    variantId,
    currency: price.currency,
    unitPrice: price.amount,
    amountMinor: amountMinorOf(price),
  }));
}
