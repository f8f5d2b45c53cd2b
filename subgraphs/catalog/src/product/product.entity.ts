import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { baseColumns, notDeleted } from '@souk/kit/persistence';
import type { ProductOption } from '../variant/option.ts';

/** For changes; lists are read from rows. What is derived of a product is kept by statements of its own. */
export const Product = defineEntity({
  name: 'Product',
  tableName: 'product',
  properties: {
    ...baseColumns,
    slug: p.text(),
    baseSku: p.text(),
    name: p.text(),
    description: p.text(),
    externalReference: p.text().nullable(),
    status: p.text().$type<'DRAFT' | 'PUBLISHED'>(),
    publishedAt: p.datetime().nullable(),
    listedAt: p.datetime(),
    options: p.json<readonly ProductOption[]>(),
  },
  filters: notDeleted,
});
export type ProductEntity = InferEntity<typeof Product>;
