import { defineEntity, p } from '@mikro-orm/postgresql';
import type { CapturePolicy } from './order-settings.ts';

/** The settings of a tenant's orders. See `migrations/0001_carts.sql`. */
export const OrderSettingsEntity = defineEntity({
  name: 'OrderSettings',
  tableName: 'order_settings',
  properties: {
    tenantId: p.uuid().primary(),
    defaultCurrency: p.text(),
    capturePolicy: p.text().$type<CapturePolicy>(),
    numberPrefix: p.text(),
  },
});
