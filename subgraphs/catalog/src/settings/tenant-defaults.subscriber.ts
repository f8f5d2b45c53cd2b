import { subscriber, type Subscriber } from '@souk/kit/runtime';
import type { CatalogDatabase } from '../database.ts';
import { tenantDefaultsReader } from '../manifest.ts';
import { storeDefaults } from '../store-defaults.repository.ts';
import { saveDefaults } from './settings.service.ts';

/**
 * Follows the default currency and locale that a shop chose in the subgraph accounts. A default that is null does not
 * change.
 */
export function tenantDefaults(): Subscriber<CatalogDatabase> {
  return subscriber(tenantDefaultsReader, async (tx, { defaultCurrency, defaultLocale }) => {
    const present = await storeDefaults(tx);
    const wanted = { currency: defaultCurrency ?? present.currency, locale: defaultLocale ?? present.locale };
    if (wanted.currency !== present.currency || wanted.locale !== present.locale) await saveDefaults(tx, wanted);
  });
}
