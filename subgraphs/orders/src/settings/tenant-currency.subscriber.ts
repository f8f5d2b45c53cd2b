import { subscriber, type Subscriber } from '@souk/kit/runtime';
import type { OrdersDatabase } from '../database.ts';
import { tenantCurrencyReader } from '../manifest.ts';
import { findOrderSettings, saveOrderSettings } from './order-settings.repository.ts';

/**
 * Follows the default currency that a shop chose in the subgraph accounts. Without a choice, the currency does not
 * change.
 */
export function tenantCurrency(): Subscriber<OrdersDatabase> {
  return subscriber(tenantCurrencyReader, async (tx, { defaultCurrency }) => {
    const settings = await findOrderSettings(tx);
    if (defaultCurrency === null || defaultCurrency === settings.defaultCurrency) return;
    await saveOrderSettings(tx, { ...settings, defaultCurrency });
  });
}
