import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { baseColumns, notDeleted, tenantColumn } from '@souk/kit/persistence';

/** A company for which customers buy. See `migrations/0014_companies.sql`. */
export const CompanyEntity = defineEntity({
  name: 'Company',
  tableName: 'company',
  properties: { ...baseColumns, name: p.text(), vatId: p.text().nullable() },
  filters: notDeleted,
});
export type CompanyEntity = InferEntity<typeof CompanyEntity>;

/** A customer who buys for a company. */
export const CompanyMemberEntity = defineEntity({
  name: 'CompanyMember',
  tableName: 'company_member',
  properties: {
    ...tenantColumn,
    companyId: p.uuid().primary(),
    customerId: p.uuid().primary(),
    createdAt: p.datetime().defaultRaw('now()'),
    createdBy: p.uuid().nullable(),
  },
});
