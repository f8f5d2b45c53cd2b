import type { CategoryRow } from './category.repository.ts';
import type { CategoryType } from './category.types.ts';

/**
 * The root object of Category's resolvers. It is a type alias instead of a class, so that type-graphql does not copy the object into a
 * class instance.
 */
export type PresentedCategory = CategoryType;

export function presentCategory(row: CategoryRow): PresentedCategory {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    description: row.description,
    externalReference: row.external_reference,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    version: row.version,
    parentId: row.parent_id,
  };
}
