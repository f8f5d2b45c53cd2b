import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { baseColumns, notDeleted } from '@souk/kit/persistence';

/** For changes; lists are read from rows. */
export const Collection = defineEntity({
  name: 'Collection',
  tableName: 'collection',
  properties: {
    ...baseColumns,
    slug: p.text(),
    name: p.text(),
    description: p.text(),
    externalReference: p.text().nullable(),
  },
  filters: notDeleted,
});
export type CollectionEntity = InferEntity<typeof Collection>;
