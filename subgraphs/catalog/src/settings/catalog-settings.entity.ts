import { defineEntity, p } from '@mikro-orm/postgresql';
import { stampColumns, tenantColumn } from '@souk/kit/persistence';

/** The default currency and locale of a tenant. One row per tenant. */
export const CatalogSettingsEntity = defineEntity({
  name: 'CatalogSettings',
  tableName: 'catalog_settings',
  properties: {
    tenantId: tenantColumn.tenantId.primary(),
    ...stampColumns,
    defaultCurrency: p.text(),
    defaultLocale: p.text(),
  },
});
