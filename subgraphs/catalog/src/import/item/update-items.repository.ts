import { sql } from 'kysely';
import type { CatalogTransaction } from '../../database.ts';
import { insertRows } from '../../insert-rows.repository.ts';
import type { NewProduct } from '../../product/product-draft.ts';
import { refreshProducts } from '../../product/product-derived.repository.ts';
import {
  ProductAttributeValueEntity,
  ProductCategoryEntity,
  ProductCollectionEntity,
  ProductMediaEntity,
  ProductTranslationEntity,
} from '../../product/product-parts.entity.ts';
import {
  attributeRows,
  categoryRows,
  collectionRows,
  insertVariants,
  mediaRows,
  priceRows,
  translationRows,
  type AttributeIds,
} from '../../product/product-store.repository.ts';
import type { NewVariant } from '../../variant/variant-draft.ts';
import { VariantAttributeValueEntity, VariantPriceEntity } from '../../variant/variant.entity.ts';
import { canonicalVariant, type StoredItem } from './plan-item.ts';

/** A product before and after its change. */
export interface ChangedItem {
  readonly stored: StoredItem;
  readonly product: NewProduct;
}

/** Saves the changes of any number of products with a fixed number of statements. Unchanged variants are not written. */
export async function updateItems(
  tx: CatalogTransaction,
  changes: readonly ChangedItem[],
  attributes: AttributeIds,
): Promise<void> {
  if (changes.length === 0) return;
  const products = changes.map(({ product }) => product);
  await updateProducts(tx, products);
  await replaceParts(tx, products, attributes);
  const [added, changed] = variantChanges(changes);
  await updateVariants(tx, changed, attributes);
  await insertVariants(tx, added, attributes);
  await refreshProducts(
    tx,
    products.map(({ id }) => id),
  );
}

type OwnedVariant = NewVariant & { readonly productId: string };

function variantChanges(changes: readonly ChangedItem[]): readonly [added: OwnedVariant[], changed: OwnedVariant[]] {
  const [added, changed]: [OwnedVariant[], OwnedVariant[]] = [[], []];
  for (const { stored, product } of changes) {
    const known = new Map(stored.variants.map((variant) => [variant.id, JSON.stringify(canonicalVariant(variant))]));
    for (const variant of product.variants) {
      const before = known.get(variant.id);
      if (before === undefined) added.push({ ...variant, productId: product.id });
      else if (before !== JSON.stringify(canonicalVariant(variant)))
        changed.push({ ...variant, productId: product.id });
    }
  }
  return [added, changed];
}

async function updateProducts({ db, tenantId }: CatalogTransaction, products: readonly NewProduct[]): Promise<void> {
  const rows = products.map((product) => ({
    id: product.id,
    name: product.name,
    description: product.description,
    base_sku: product.baseSku,
    external_reference: product.externalReference,
    tax_category: product.taxCategory,
    status: product.status,
    published_at: product.publishedAt,
    listed_at: product.listedAt,
    options: product.options,
    brand_id: product.brandId,
    tags: product.tags,
    seo_title: product.seoTitle,
    seo_description: product.seoDescription,
    hs_code: product.hsCode,
    origin_country: product.originCountry,
  }));
  await sql`
    update product set name = fresh.name, description = fresh.description, base_sku = fresh.base_sku,
           external_reference = fresh.external_reference, tax_category = fresh.tax_category, status = fresh.status,
           published_at = fresh.published_at, listed_at = fresh.listed_at, options = fresh.options,
           brand_id = fresh.brand_id, tags = fresh.tags, seo_title = fresh.seo_title, seo_description = fresh.seo_description,
           hs_code = fresh.hs_code, origin_country = fresh.origin_country
      from jsonb_populate_recordset(null::product, ${JSON.stringify(rows)}::jsonb) fresh
     where product.tenant_id = ${tenantId} and product.id = fresh.id`.execute(db);
}

async function updateVariants(
  tx: CatalogTransaction,
  variants: readonly OwnedVariant[],
  attributes: AttributeIds,
): Promise<void> {
  if (variants.length === 0) return;
  const { db, tenantId } = tx;
  const rows = variants.map((variant) => ({
    id: variant.id,
    name: variant.name,
    options: variant.options,
    option_key: variant.optionKey,
    weight_grams: variant.weightGrams,
    content: variant.content,
    barcode: variant.barcode,
    size: variant.size,
    external_reference: variant.externalReference,
  }));
  await sql`
    update product_variant set name = fresh.name, options = fresh.options, option_key = fresh.option_key,
           weight_grams = fresh.weight_grams, content = fresh.content, barcode = fresh.barcode, size = fresh.size,
           external_reference = fresh.external_reference
      from jsonb_populate_recordset(null::product_variant, ${JSON.stringify(rows)}::jsonb) fresh
     where product_variant.tenant_id = ${tenantId} and product_variant.id = fresh.id`.execute(db);
  const ids = variants.map(({ id }) => id);
  for (const table of ['variant_price', 'variant_attribute_value'] as const)
    await sql`delete from ${sql.table(table)} where tenant_id = ${tenantId} and variant_id = any(${ids}::uuid[])`.execute(
      db,
    );
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

const PARTS = [
  'product_translation',
  'product_media',
  'product_attribute_value',
  'product_category',
  'product_collection',
];

async function replaceParts(
  tx: CatalogTransaction,
  products: readonly NewProduct[],
  attributes: AttributeIds,
): Promise<void> {
  const ids = products.map(({ id }) => id);
  for (const table of PARTS)
    await sql`delete from ${sql.table(table)} where tenant_id = ${tx.tenantId} and product_id = any(${ids}::uuid[])`.execute(
      tx.db,
    );
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
}
