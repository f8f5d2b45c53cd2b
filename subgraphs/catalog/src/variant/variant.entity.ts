import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { baseColumns, notDeleted } from '@souk/kit/persistence';
import type { OptionValue } from './option.ts';

/** For changes; lists are read from rows. */
export const ProductVariant = defineEntity({
  name: 'ProductVariant',
  tableName: 'product_variant',
  properties: {
    ...baseColumns,
    productId: p.uuid(),
    sku: p.text(),
    name: p.text(),
    position: p.integer(),
    options: p.json<readonly OptionValue[]>(),
    optionKey: p.text(),
    weightGrams: p.integer().nullable(),
    externalReference: p.text().nullable(),
  },
  filters: notDeleted,
});
export type ProductVariantEntity = InferEntity<typeof ProductVariant>;
