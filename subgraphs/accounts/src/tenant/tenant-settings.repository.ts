import { sql, type Selectable } from 'kysely';
import type { AccountsDatabase, AccountsTransaction } from '../database.ts';

const COLUMNS = [
  'id',
  'slug',
  'name',
  'brand_name',
  'brand_color',
  'mail_sender_name',
  'default_currency',
  'default_locale',
  'locales',
  'time_zone',
  'country_code',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
  'version',
] as const;

/** The settings of a tenant as read from the database. */
export type TenantSettingsRow = Pick<Selectable<AccountsDatabase['tenant']>, (typeof COLUMNS)[number]>;

/** The settings of the transaction's tenant. Null when it does not exist. */
export async function ownTenantSettings({ db, tenantId }: AccountsTransaction): Promise<TenantSettingsRow | null> {
  const found = await db.selectFrom('tenant').select(COLUMNS).where('tenant_id', '=', tenantId).executeTakeFirst();
  return found ?? null;
}

/** The host names of the transaction's tenant, at most 100. */
export async function ownTenantHosts({ db }: AccountsTransaction): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from own_tenant_hosts()`.execute(db);
  return rows.map(({ name }) => name);
}
