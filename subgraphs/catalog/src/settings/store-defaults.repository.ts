import { sql } from 'kysely';

/** What a tenant's catalog takes for granted where a request does not say. */
export interface StoreDefaults {
  /** ISO 4217; lists are sorted by prices in it. */
  readonly currency: string;
  /** BCP 47; the language of the untranslated names and descriptions. */
  readonly locale: string;
}

const FALLBACK_DEFAULTS: StoreDefaults = { currency: 'EUR', locale: 'en' };

/** The tenant's default currency, within a statement: evaluated once for all rows, and no round trip of its own. */
export function defaultCurrency(tenantId: string) {
  return sql<string>`coalesce((select default_currency from catalog_settings where tenant_id = ${tenantId}), ${FALLBACK_DEFAULTS.currency})`;
}

/** The tenant's default locale, within a statement. */
export function defaultLocale(tenantId: string) {
  return sql<string>`coalesce((select default_locale from catalog_settings where tenant_id = ${tenantId}), ${FALLBACK_DEFAULTS.locale})`;
}
