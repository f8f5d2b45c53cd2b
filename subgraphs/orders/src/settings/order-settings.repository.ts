import { fixedStatement, saveTenantRow } from '@souk/kit/persistence';
import type { OrdersRead, OrdersTransaction } from '../database.ts';
import { OrderSettingsEntity } from './order-settings.entity.ts';
import { DEFAULT_ORDER_SETTINGS, type OrderSettings } from './order-settings.ts';

const settingsOf = fixedStatement<OrderSettings>(`
  select default_currency as "defaultCurrency", capture_policy as "capturePolicy", number_prefix as "numberPrefix"
    from order_settings where tenant_id = $1`);

/** The tenant's settings. @default `DEFAULT_ORDER_SETTINGS` */
export async function findOrderSettings({ db, tenantId }: OrdersRead): Promise<OrderSettings> {
  const { rows } = await settingsOf(db, tenantId);
  return rows[0] ?? DEFAULT_ORDER_SETTINGS;
}

export function saveOrderSettings(tx: OrdersTransaction, settings: OrderSettings): Promise<void> {
  return saveTenantRow(tx, OrderSettingsEntity, settings);
}
