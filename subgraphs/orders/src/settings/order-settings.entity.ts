import { defineEntity, p } from '@mikro-orm/postgresql';
import { stampColumns, tenantColumn } from '@souk/kit/persistence';
import type { CapturePolicy } from './order-settings.ts';

/** The settings of a tenant's orders, one row per tenant. */
export const OrderSettingsEntity = defineEntity({
  name: 'OrderSettings',
  tableName: 'order_settings',
  properties: {
    tenantId: tenantColumn.tenantId.primary(),
    ...stampColumns,
    defaultCurrency: p.text(),
    capturePolicy: p.text().$type<CapturePolicy>(),
    numberPrefix: p.text(),
  },
});
