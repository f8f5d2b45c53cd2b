import type { CollectionRow } from './collection.repository.ts';
import type { CollectionType } from './collection.types.ts';

/**
 * The object from which the fields of Collection are resolved. A type instead of a class, because type-graphql would copy the object into a
 * new instance of the class.
 */
export type PresentedCollection = CollectionType;

export function presentCollection(row: CollectionRow): PresentedCollection {
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
  };
}
