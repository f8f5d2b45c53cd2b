import { defineEntity, p } from '@mikro-orm/postgresql';
import { baseColumns } from '@souk/kit/persistence';
import type { TenantPlan } from './tenant-plan.ts';

/** A shop on the platform. The row belongs to the tenant itself, so Postgres generates `id` from `tenant_id`. */
export const TenantEntity = defineEntity({
  name: 'Tenant',
  tableName: 'tenant',
  properties: {
    ...baseColumns,
    id: p
      .uuid()
      .primary()
      .generated('(tenant_id) stored')
      .onCreate((tenant: { readonly tenantId: string }) => tenant.tenantId),
    slug: p.text(),
    name: p.text(),
    plan: p.text().$type<TenantPlan>().default('STARTER'),
    defaultCurrency: p.text().nullable(),
    defaultLocale: p.text().nullable(),
    countryCode: p.text().nullable(),
    brandName: p.text().nullable(),
    brandColor: p.text().nullable(),
    mailSenderName: p.text().nullable(),
    locales: p.array<string>().columnType('text[]').default([]),
    timeZone: p.text().default('UTC'),
  },
});
