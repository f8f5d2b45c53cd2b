import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { baseColumns, notDeleted } from '@souk/kit/persistence';
import { translationColumns } from '../translation/translation.entity.ts';

export const CollectionEntity = defineEntity({
  name: 'Collection',
  tableName: 'collection',
  properties: {
    ...baseColumns,
    slug: p.text(),
    name: p.text(),
    description: p.text(),
    seoTitle: p.text().nullable(),
    seoDescription: p.text().nullable(),
    externalReference: p.text().nullable(),
  },
  filters: notDeleted,
});
export type CollectionEntity = InferEntity<typeof CollectionEntity>;

export const CollectionTranslationEntity = defineEntity({
  name: 'CollectionTranslation',
  tableName: 'collection_translation',
  properties: { collectionId: p.uuid().primary(), ...translationColumns },
});
