import type { CompanyRecord } from './company.repository.ts';
import type { CompanyType } from './company.types.ts';

/** A company as staff see it. */
export function presentCompany(company: CompanyRecord): CompanyType {
  const { id, name, vat_id, created_at, created_by, updated_at, updated_by, version } = company;
  return {
    id,
    name,
    vatId: vat_id,
    createdAt: created_at,
    createdBy: created_by,
    updatedAt: updated_at,
    updatedBy: updated_by,
    version,
  };
}
