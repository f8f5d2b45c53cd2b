import type { OrdersTransaction } from '../database.ts';
import { OrderSettingsEntity } from './order-settings.entity.ts';
import { DEFAULT_ORDER_SETTINGS, type OrderSettings } from './order-settings.ts';

/** The tenant's settings. @default `DEFAULT_ORDER_SETTINGS` */
export async function findOrderSettings({ db, tenantId }: OrdersTransaction): Promise<OrderSettings> {
  const row = await db
    .selectFrom('order_settings')
    .where('tenant_id', '=', tenantId)
    .select(['default_currency as defaultCurrency', 'capture_policy as capturePolicy', 'number_prefix as numberPrefix'])
    .executeTakeFirst();
  return row ?? DEFAULT_ORDER_SETTINGS;
}

export async function saveOrderSettings({ em, tenantId }: OrdersTransaction, settings: OrderSettings): Promise<void> {
  await em.upsert(OrderSettingsEntity, { tenantId, ...settings });
}
