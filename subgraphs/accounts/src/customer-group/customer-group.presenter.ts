import type { CustomerGroupRecord } from './customer-group.repository.ts';
import type { CustomerGroupType } from './customer-group.types.ts';

/** The GraphQL fields of a customer group. */
export function presentCustomerGroup(group: CustomerGroupRecord): CustomerGroupType {
  const { id, code, name, created_at, created_by, updated_at, updated_by, version } = group;
  return {
    id,
    code,
    name,
    createdAt: created_at,
    createdBy: created_by,
    updatedAt: updated_at,
    updatedBy: updated_by,
    version,
  };
}
