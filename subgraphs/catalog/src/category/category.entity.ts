import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { baseColumns, notDeleted, tenantColumn } from '@souk/kit/persistence';
import { translationColumns } from '../translation/translation.entity.ts';

export const CategoryEntity = defineEntity({
  name: 'Category',
  tableName: 'category',
  properties: {
    ...baseColumns,
    /** The parent. Null for a root of the tree. */
    parentId: p.uuid().nullable(),
    slug: p.text(),
    name: p.text(),
    description: p.text(),
    seoTitle: p.text().nullable(),
    seoDescription: p.text().nullable(),
    /** The position among the children of the same parent. */
    position: p.integer(),
    externalReference: p.text().nullable(),
  },
  filters: notDeleted,
});
export type CategoryEntity = InferEntity<typeof CategoryEntity>;

/** The ancestor table (closure table): one row for each category and each of its ancestors. The category itself has distance 0. */
export const CategoryAncestorEntity = defineEntity({
  name: 'CategoryAncestor',
  tableName: 'category_ancestor',
  properties: {
    ...tenantColumn,
    categoryId: p.uuid().primary(),
    ancestorId: p.uuid().primary(),
    distance: p.integer(),
  },
});

export const CategoryTranslationEntity = defineEntity({
  name: 'CategoryTranslation',
  tableName: 'category_translation',
  properties: { categoryId: p.uuid().primary(), ...translationColumns },
});
