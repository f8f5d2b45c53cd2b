import type { BrandRow } from './brand.repository.ts';
import type { BrandType } from './brand.types.ts';

export function presentBrand(row: BrandRow): BrandType {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    version: row.version,
  };
}
