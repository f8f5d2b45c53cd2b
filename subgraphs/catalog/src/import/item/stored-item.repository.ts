import { comparedText } from '@souk/kit/domain';
import { sql } from 'kysely';
import type { CatalogRead, CatalogTransaction } from '../../database.ts';
import { shownAmount, type UnitPrice } from '../../pricing/price.ts';
import type { AttributeDraft } from '../../variant/variant-draft.ts';
import type { StoredItem } from './plan-item.ts';

/** The stored products that a batch may change. */
export interface StoredItems {
  readonly bySlug: ReadonlyMap<string, StoredItem>;
  /** The keys are SKUs in the form of `comparedText`. */
  readonly bySku: ReadonlyMap<string, StoredItem>;
}

/** Finds products by their slugs, and by the SKUs of their variants. Locks their rows until the transaction ends. */
export async function findStoredItems(
  tx: CatalogTransaction,
  slugs: readonly string[],
  skus: readonly string[],
): Promise<StoredItems> {
  const { rows } = await sql<{ id: string }>`
    select id from product where tenant_id = ${tx.tenantId} and deleted_at is null and slug = any(${[...slugs]}::text[])
    union
    select variant.product_id
      from unnest(${[...skus]}::text[]) as wanted (sku)
      join variant_sku known on known.tenant_id = ${tx.tenantId} and known.compared = compared_sku(wanted.sku)
      join product_variant variant on variant.tenant_id = known.tenant_id and variant.id = known.variant_id`.execute(
    tx.db,
  );
  const ids = rows.map(({ id }) => id).toSorted();
  // The lock prevents staff from changing a product between this read and the update. The order of the ids prevents deadlocks.
  await sql`select from product where tenant_id = ${tx.tenantId} and id = any(${ids}::uuid[]) order by id for update`.execute(
    tx.db,
  );
  const items = await loadItems(tx, ids);
  return {
    bySlug: new Map(items.map((item) => [item.slug, item])),
    bySku: new Map(items.flatMap((item) => item.variants.map(({ sku }) => [comparedText(sku), item]))),
  };
}

/** Loads products with all their parts, in the order of the ids. Runs one statement per table. */
export async function loadItems(tx: CatalogRead, ids: readonly string[]): Promise<StoredItem[]> {
  if (ids.length === 0) return [];
  const [products, variants, parts] = await Promise.all([
    productRows(tx, ids),
    variantRows(tx, ids),
    partRows(tx, ids),
  ]);
  const variantIds = variants.map(({ id }) => id);
  const [prices, attributes] = await Promise.all([priceRows(tx, variantIds), variantAttributeRows(tx, variantIds)]);
  const variantsOf = Map.groupBy(variants, ({ product_id }) => product_id);
  const byId = new Map(products.map((product) => [product.id, product]));
  return ids.flatMap((id) => {
    const product = byId.get(id);
    if (!product) return [];
    return [
      {
        id,
        slug: product.slug,
        name: product.name,
        description: product.description,
        baseSku: product.base_sku,
        externalReference: product.external_reference,
        taxCategory: product.tax_category,
        status: product.status,
        publishedAt: product.published_at,
        listedAt: product.listed_at,
        options: product.options,
        brandId: product.brand_id,
        tags: product.tags,
        seoTitle: product.seo_title,
        seoDescription: product.seo_description,
        hsCode: product.hs_code,
        originCountry: product.origin_country,
        ...parts.of(id),
        variants: (variantsOf.get(id) ?? []).map((variant) => ({
          id: variant.id,
          sku: variant.sku,
          name: variant.name,
          position: variant.position,
          options: variant.options,
          optionKey: variant.option_key,
          weightGrams: variant.weight_grams,
          content: variant.content,
          barcode: variant.barcode,
          size: variant.size,
          externalReference: variant.external_reference,
          prices: prices.get(variant.id) ?? [],
          attributes: attributes.get(variant.id) ?? [],
        })),
      },
    ];
  });
}

const any = (ids: readonly string[]) => sql<string>`any(${[...ids]}::uuid[])`;

function productRows({ db, tenantId }: CatalogRead, ids: readonly string[]) {
  return db
    .selectFrom('product')
    .select(['id', 'slug', 'name', 'description', 'base_sku', 'external_reference', 'tax_category', 'status'])
    .select([
      'published_at',
      'listed_at',
      'options',
      'tags',
      'seo_title',
      'seo_description',
      'hs_code',
      'origin_country',
    ])
    .select(({ selectFrom }) =>
      // A deleted brand counts as no brand.
      selectFrom('brand')
        .select('brand.id')
        .whereRef('brand.tenant_id', '=', 'product.tenant_id')
        .whereRef('brand.id', '=', 'product.brand_id')
        .where('brand.deleted_at', 'is', null)
        .as('brand_id'),
    )
    .where('tenant_id', '=', tenantId)
    .where('deleted_at', 'is', null)
    .where('id', '=', any(ids))
    .execute();
}

function variantRows({ db, tenantId }: CatalogRead, ids: readonly string[]) {
  return db
    .selectFrom('product_variant')
    .select([
      'id',
      'product_id',
      'sku',
      'name',
      'position',
      'options',
      'option_key',
      'weight_grams',
      'content',
      'barcode',
      'size',
    ])
    .select('external_reference')
    .where('tenant_id', '=', tenantId)
    .where('deleted_at', 'is', null)
    .where('product_id', '=', any(ids))
    .orderBy('product_id')
    .orderBy('position')
    .orderBy('id')
    .execute();
}

async function priceRows(
  { db, tenantId }: CatalogRead,
  ids: readonly string[],
): Promise<ReadonlyMap<string, UnitPrice[]>> {
  const rows = await db
    .selectFrom('variant_price')
    .select(['variant_id', 'currency', 'unit_price'])
    .where('tenant_id', '=', tenantId)
    .where('variant_id', '=', any(ids))
    .orderBy('currency')
    .execute();
  const grouped = Map.groupBy(rows, ({ variant_id }) => variant_id);
  return new Map(
    [...grouped].map(([id, all]) => [
      id,
      all.map(({ currency, unit_price }) => ({ currency, amount: shownAmount(unit_price, currency) })),
    ]),
  );
}

async function variantAttributeRows({ db, tenantId }: CatalogRead, ids: readonly string[]) {
  const rows = await db
    .selectFrom('variant_attribute_value as found')
    .innerJoin('attribute', (on) =>
      on.onRef('attribute.tenant_id', '=', 'found.tenant_id').onRef('attribute.id', '=', 'found.attribute_id'),
    )
    .select(['found.variant_id as owner', 'attribute.code', 'found.value'])
    .where('found.tenant_id', '=', tenantId)
    .where('found.variant_id', '=', any(ids))
    .orderBy('found.position')
    .execute();
  return attributesByOwner(rows);
}

function attributesByOwner(
  rows: readonly { owner: string; code: string; value: string }[],
): ReadonlyMap<string, AttributeDraft[]> {
  const byOwner = Map.groupBy(rows, ({ owner }) => owner);
  return new Map(
    [...byOwner].map(([owner, all]) => [
      owner,
      [...Map.groupBy(all, ({ code }) => code)].map(([code, same]) => ({
        code,
        values: same.map(({ value }) => value),
      })),
    ]),
  );
}

async function partRows({ db, tenantId }: CatalogRead, ids: readonly string[]) {
  const these = any(ids);
  const [translations, media, attributes, categories, collections] = await Promise.all([
    db
      .selectFrom('product_translation')
      .select(['product_id', 'locale', 'name', 'description', 'seo_title', 'seo_description'])
      .where('tenant_id', '=', tenantId)
      .where('product_id', '=', these)
      .orderBy('locale')
      .execute(),
    db
      .selectFrom('product_media')
      .select(['product_id', 'url', 'alt', 'width', 'height', 'kind', 'media_id'])
      .where('tenant_id', '=', tenantId)
      .where('product_id', '=', these)
      .orderBy('position')
      .execute(),
    db
      .selectFrom('product_attribute_value as found')
      .innerJoin('attribute', (on) =>
        on.onRef('attribute.tenant_id', '=', 'found.tenant_id').onRef('attribute.id', '=', 'found.attribute_id'),
      )
      .select(['found.product_id as owner', 'attribute.code', 'found.value'])
      .where('found.tenant_id', '=', tenantId)
      .where('found.product_id', '=', these)
      .orderBy('found.position')
      .execute(),
    db
      .selectFrom('product_category')
      .select(['product_id', 'category_id'])
      .where('tenant_id', '=', tenantId)
      .where('product_id', '=', these)
      .orderBy('position')
      .orderBy('category_id')
      .execute(),
    db
      .selectFrom('product_collection')
      .select(['product_id', 'collection_id'])
      .where('tenant_id', '=', tenantId)
      .where('product_id', '=', these)
      .orderBy('collection_id')
      .execute(),
  ]);
  const grouped = <Row extends { product_id: string }>(rows: Row[]) =>
    Map.groupBy(rows, ({ product_id }) => product_id);
  const [translationsOf, mediaOf, categoriesOf, collectionsOf] = [
    grouped(translations),
    grouped(media),
    grouped(categories),
    grouped(collections),
  ];
  const attributesOf = attributesByOwner(attributes);
  return {
    of: (id: string) => ({
      translations: (translationsOf.get(id) ?? []).map(
        ({ locale, name, description, seo_title: seoTitle, seo_description: seoDescription }) => ({
          locale,
          name,
          description,
          seoTitle,
          seoDescription,
        }),
      ),
      media: (mediaOf.get(id) ?? []).map(({ media_id: mediaId, url, alt, width, height, kind }) => ({
        url,
        alt,
        width,
        height,
        kind,
        mediaId,
      })),
      attributes: attributesOf.get(id) ?? [],
      categoryIds: (categoriesOf.get(id) ?? []).map(({ category_id }) => category_id),
      collectionIds: (collectionsOf.get(id) ?? []).map(({ collection_id }) => collection_id),
    }),
  };
}
