import type { CategoryRow } from './category.repository.ts';
import type { CategoryType } from './category.types.ts';

/**
 * The object from which the fields of Category are resolved. A type instead of a class, because type-graphql would copy the object into a
 * new instance of the class.
 */
export type PresentedCategory = CategoryType;

export function presentCategory(row: CategoryRow): PresentedCategory {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    description: row.description,
    seoTitle: row.seo_title,
    seoDescription: row.seo_description,
    externalReference: row.external_reference,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    version: row.version,
    parentId: row.parent_id,
  };
}
