import { sql } from 'kysely';
import type { CatalogRead } from './database.ts';

/** The tenant's currency and locale, for requests that do not specify them. */
export interface StoreDefaults {
  /** The currency (ISO 4217). It is also the currency of the prices by which lists are sorted. */
  readonly currency: string;
  /** The language (BCP 47) of names and descriptions that are not translations. */
  readonly locale: string;
}

const FALLBACK_DEFAULTS: StoreDefaults = { currency: 'EUR', locale: 'en' };

/** SQL for the tenant's default currency. Postgres evaluates it once for all rows, without another round trip. */
export function defaultCurrency(tenantId: string) {
  return sql<string>`coalesce((select default_currency from catalog_settings where tenant_id = ${tenantId}), ${FALLBACK_DEFAULTS.currency})`;
}

/** SQL for the tenant's default locale, or `en` when none is set. */
export function defaultLocale(tenantId: string) {
  return sql<string>`coalesce((select default_locale from catalog_settings where tenant_id = ${tenantId}), ${FALLBACK_DEFAULTS.locale})`;
}

/** The tenant's defaults, or EUR and `en` when none are set. */
export async function storeDefaults({ db, tenantId }: CatalogRead): Promise<StoreDefaults> {
  const row = await db
    .selectFrom('catalog_settings')
    .select(['default_currency as currency', 'default_locale as locale'])
    .where('tenant_id', '=', tenantId)
    .executeTakeFirst();
  return row ?? FALLBACK_DEFAULTS;
}
