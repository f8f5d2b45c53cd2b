import type { CollectionRow } from './collection.repository.ts';
import type { CollectionType } from './collection.types.ts';

/**
 * The root object of Collection's resolvers. It is a type alias instead of a class, so that type-graphql does not copy the object into a
 * class instance.
 */
export type PresentedCollection = CollectionType;

export function presentCollection(row: CollectionRow): PresentedCollection {
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
  };
}
