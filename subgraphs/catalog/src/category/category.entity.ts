import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { baseColumns, notDeleted } from '@souk/kit/persistence';

/** For changes; lists are read from rows. */
export const Category = defineEntity({
  name: 'Category',
  tableName: 'category',
  properties: {
    ...baseColumns,
    parentId: p.uuid().nullable(),
    slug: p.text(),
    name: p.text(),
    description: p.text(),
    position: p.integer(),
    externalReference: p.text().nullable(),
  },
  filters: notDeleted,
});
export type CategoryEntity = InferEntity<typeof Category>;
