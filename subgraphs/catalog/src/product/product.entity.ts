import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { baseColumns, notDeleted } from '@souk/kit/persistence';
import type { ProductOption } from '../variant/option.ts';

/** A product. `product-derived.repository.ts` and Postgres write the derived columns. The derived columns are never loaded for a change. */
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
    status: p.text().$type<'DRAFT' | 'PUBLISHED'>(),
    publishedAt: p.datetime().nullable(),
    listedAt: p.datetime(),
    options: p.json<readonly ProductOption[]>(),
    /** Derived from the name: `lower(name)`. */
    sortName: p.text().defaultRaw('lower(name)').lazy(),
    /** The lowest price in the default currency, in minor units. Derived data. */
    sortPriceMinor: p.bigint('number').default(Number.MAX_SAFE_INTEGER).lazy(),
    /** Whether any variant can be bought. Derived data. */
    inStock: p.boolean().default(false).lazy(),
    /** Whether any price list has a price for a variant. Derived data: a trigger on `price_list_price` writes it. */
    hasListedPrices: p.boolean().default(false).lazy(),
  },
  filters: notDeleted,
});
export type ProductEntity = InferEntity<typeof ProductEntity>;
