import type { Insertable } from 'kysely';
import type { CatalogDatabase, CatalogTransaction } from '../database.ts';
import { insertRows } from '../insert-rows.repository.ts';
import type { TranslationDraft } from '../translation/translation-draft.ts';
import { amountMinorOf, type UnitPrice } from '../variant/price.ts';
import type { AttributeDraft, NewVariant } from '../variant/variant-draft.ts';
import { refreshProducts } from './product-derived.repository.ts';
import type { MediaDraft, NewProduct } from './product-draft.ts';

/** Attributes by their code. */
export type AttributeIds = ReadonlyMap<string, string>;

/** Stores any number of products with everything that hangs on them, in as many statements as there are tables. */
export async function insertProducts(
  tx: CatalogTransaction,
  products: readonly NewProduct[],
  attributes: AttributeIds,
): Promise<void> {
  await insertRows(tx, 'product', products.map(productRow));
  await insertRows(
    tx,
    'product_translation',
    products.flatMap(({ id, translations }) => translationRows(id, translations)),
  );
  await insertRows(
    tx,
    'product_media',
    products.flatMap(({ id, media }) => mediaRows(id, media)),
  );
  await insertRows(
    tx,
    'product_attribute_value',
    products.flatMap(({ id, attributes: given }) => attributeRows('product_id', id, given, attributes)),
  );
  await insertRows(
    tx,
    'product_category',
    products.flatMap(({ id, categoryIds }) => categoryRows(id, categoryIds)),
  );
  await insertRows(
    tx,
    'product_collection',
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

/** Stores variants with their prices and attributes. What is derived of their products is up to the caller. */
export async function insertVariants(
  tx: CatalogTransaction,
  variants: readonly (NewVariant & { readonly productId: string })[],
  attributes: AttributeIds,
): Promise<void> {
  await insertRows(tx, 'product_variant', variants.map(variantRow));
  await insertRows(
    tx,
    'variant_price',
    variants.flatMap(({ id, prices }) => priceRows(id, prices)),
  );
  await insertRows(
    tx,
    'variant_attribute_value',
    variants.flatMap(({ id, attributes: given }) => attributeRows('variant_id', id, given, attributes)),
  );
}

function productRow({
  id,
  slug,
  name,
  description,
  status,
  options,
  ...product
}: NewProduct): Insertable<CatalogDatabase['product']> {
  return {
    id,
    slug,
    name,
    description,
    status,
    options,
    base_sku: product.baseSku,
    external_reference: product.externalReference,
    published_at: product.publishedAt,
    listed_at: product.listedAt,
  };
}

function variantRow({ id, sku, name, position, options, ...variant }: NewVariant & { readonly productId: string }) {
  return {
    id,
    sku,
    name,
    position,
    options,
    product_id: variant.productId,
    option_key: variant.optionKey,
    weight_grams: variant.weightGrams,
    external_reference: variant.externalReference,
  };
}

function translationRows(productId: string, translations: readonly TranslationDraft[]) {
  return translations.map(({ locale, name, description }) => ({
    product_id: productId,
    locale,
    name: name ?? null,
    description: description ?? null,
  }));
}

export function mediaRows(productId: string, media: readonly MediaDraft[]) {
  return media.map(({ url, alt, width, height, kind }, position) => ({
    product_id: productId,
    position,
    url,
    alt: alt ?? '',
    width: width ?? null,
    height: height ?? null,
    kind: kind ?? ('IMAGE' as const),
  }));
}

/** Attributes that the map lacks are left out: the caller has refused them. */
export function attributeRows<Owner extends 'product_id' | 'variant_id'>(
  owner: Owner,
  id: string,
  given: readonly AttributeDraft[],
  attributes: AttributeIds,
) {
  const values = given.flatMap(({ code, values: all }) => {
    const attributeId = attributes.get(code);
    return attributeId ? all.map((value) => ({ attribute_id: attributeId, value })) : [];
  });
  // The name of a computed member is lost to the type.
  return values.map(
    (value, position) =>
      ({ [owner]: id, ...value, position }) as typeof value & { position: number } & Record<Owner, string>,
  );
}

export function categoryRows(productId: string, categoryIds: readonly string[]) {
  return categoryIds.map((category_id, position) => ({ product_id: productId, category_id, position }));
}

export function collectionRows(productId: string, collectionIds: readonly string[]) {
  return collectionIds.map((collection_id) => ({ product_id: productId, collection_id }));
}

export function priceRows(variantId: string, prices: readonly UnitPrice[]) {
  return prices.map((price) => ({
    variant_id: variantId,
    currency: price.currency,
    unit_price: price.amount,
    amount_minor: amountMinorOf(price),
  }));
}
