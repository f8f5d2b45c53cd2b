import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { baseColumns, notDeleted } from '@souk/kit/persistence';
import type { ProductOption } from '../variant/option.ts';

/**
 * A product. Its derived columns are written by `product-derived.repository.ts` and by Postgres. The derived columns are lazy, so saving a
 * product does not overwrite them.
 */
export const ProductEntity = defineEntity({
  name: 'Product',
  tableName: 'product',
  properties: {
    ...baseColumns,
    slug: p.text(),
    baseSku: p.text(),
    name: p.text(),
    description: p.text(),
    externalReference: p.text().nullable(),
    taxCategory: p.text().nullable(),
    brandId: p.uuid().nullable(),
    tags: p.json<readonly string[]>(),
    seoTitle: p.text().nullable(),
    seoDescription: p.text().nullable(),
    hsCode: p.text().nullable(),
    originCountry: p.text().nullable(),
    status: p.text().$type<'DRAFT' | 'PUBLISHED'>(),
    publishedAt: p.datetime().nullable(),
    listedAt: p.datetime(),
    options: p.json<readonly ProductOption[]>(),
    /** The database generates `lower(name)`. */
    sortName: p.text().defaultRaw('lower(name)').lazy(),
    /** The lowest price in the default currency, in minor units. Derived from prices. */
    sortPriceMinor: p.bigint('number').default(Number.MAX_SAFE_INTEGER).lazy(),
    /** Whether any variant can be bought. Derived from the availability of SKUs. */
    inStock: p.boolean().default(false).lazy(),
    /** Whether any price list has a price for a variant. A trigger on `price_list_price` writes the column. */
    hasListedPrices: p.boolean().default(false).lazy(),
    /** The numbers of published reviews with 1 to 5 stars. Derived from reviews. */
    ratingCounts: p.array<number>().columnType('integer[]').default([0, 0, 0, 0, 0]).lazy(),
  },
  filters: notDeleted,
});
export type ProductEntity = InferEntity<typeof ProductEntity>;
