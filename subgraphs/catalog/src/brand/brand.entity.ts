import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { baseColumns, notDeleted } from '@souk/kit/persistence';

export const BrandEntity = defineEntity({
  name: 'Brand',
  tableName: 'brand',
  properties: { ...baseColumns, slug: p.text(), name: p.text() },
  filters: notDeleted,
});
export type BrandEntity = InferEntity<typeof BrandEntity>;
