import { sql } from 'kysely';
import type { CatalogRead } from './database.ts';

/** The defaults of a tenant's catalog for requests without a currency or locale. */
export interface StoreDefaults {
  /** The currency (ISO 4217). Lists are sorted by prices in this currency. */
  readonly currency: string;
  /** The language of the untranslated names and descriptions (BCP 47). */
  readonly locale: string;
}

const FALLBACK_DEFAULTS: StoreDefaults = { currency: 'EUR', locale: 'en' };

/** The tenant's default currency as an SQL expression. Postgres evaluates it once for all rows, without a separate round trip. */
export function defaultCurrency(tenantId: string) {
  return sql<string>`coalesce((select default_currency from catalog_settings where tenant_id = ${tenantId}), ${FALLBACK_DEFAULTS.currency})`;
}

/** The tenant's default locale as an SQL expression. */
export function defaultLocale(tenantId: string) {
  return sql<string>`coalesce((select default_locale from catalog_settings where tenant_id = ${tenantId}), ${FALLBACK_DEFAULTS.locale})`;
}

/** The tenant's defaults. */
export async function storeDefaults({ db, tenantId }: CatalogRead): Promise<StoreDefaults> {
  const row = await db
    .selectFrom('catalog_settings')
    .select(['default_currency as currency', 'default_locale as locale'])
    .where('tenant_id', '=', tenantId)
    .executeTakeFirst();
  return row ?? FALLBACK_DEFAULTS;
}
