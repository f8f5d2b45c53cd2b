import { randomUUID } from 'node:crypto';
import { LockMode } from '@mikro-orm/postgresql';
import { ok, type Failure, type PageRequest, type Result } from '@souk/kit/domain';
import { fixedStatement, keysetPage, mapPage, type KeysetPage } from '@souk/kit/persistence';
import { sql, type Selectable } from 'kysely';
import type { OrdersDatabase, OrdersRead, OrdersTransaction } from '../database.ts';
import { TaxCategoryEntity, TaxSettingsEntity, TaxZoneEntity } from './tax.entity.ts';
import { jsonb } from '../jsonb.repository.ts';
import { DEFAULT_TAX_SETTINGS, type TaxSettings, type TaxZone } from './tax.ts';

/** The columns that every aggregate has, with the names that the API uses. */
export interface Audited {
  readonly version: number;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly updatedAt: Date;
  readonly updatedBy: string | null;
}
export interface StoredTaxZone extends TaxZone, Audited {
  readonly id: string;
}

const settingsOf = fixedStatement<TaxSettings & { readonly version: number }>(`
  select prices_include_tax as "pricesIncludeTax", rounding, seller_country_code as "sellerCountryCode", version
    from tax_settings where tenant_id = $1`);

/** The tenant's settings. @default `DEFAULT_TAX_SETTINGS` with version 1 */
export async function findTaxSettings({
  db,
  tenantId,
}: OrdersRead): Promise<TaxSettings & { readonly version: number }> {
  const { rows } = await settingsOf(db, tenantId);
  return rows[0] ?? { ...DEFAULT_TAX_SETTINGS, version: 1 };
}

/** Locks and returns the settings. Inserts the default settings when the tenant has none. */
export async function lockTaxSettings({ db, em, tenantId }: OrdersTransaction): Promise<TaxSettingsEntity> {
  const { pricesIncludeTax, rounding } = DEFAULT_TAX_SETTINGS;
  await sql`insert into tax_settings (id, prices_include_tax, rounding)
            values (${randomUUID()}::uuid, ${pricesIncludeTax}, ${rounding}) on conflict do nothing`.execute(db);
  return em.findOneOrFail(TaxSettingsEntity, { tenantId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/** The categories that the tenant added, in alphabetical order. */
export function findTaxCategories({ em, tenantId }: OrdersTransaction): Promise<TaxCategoryEntity[]> {
  return em.find(TaxCategoryEntity, { tenantId }, { orderBy: { code: 'asc' } });
}

/** Locks and returns the category. Null when the category is unknown. */
export function lockTaxCategory({ em, tenantId }: OrdersTransaction, id: string): Promise<TaxCategoryEntity | null> {
  return em.findOne(TaxCategoryEntity, { tenantId, id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/** Whether a rate of any zone refers to the category. */
export async function isCategoryInUse({ db, tenantId }: OrdersTransaction, code: string): Promise<boolean> {
  const row = await db
    .selectFrom('tax_zone')
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`rates @> ${JSON.stringify([{ category: code }])}::jsonb`)
    .select('id')
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Takes an advisory lock that serializes changes of a tenant's tax zones and categories. Otherwise concurrent changes could exceed the
 * limits, or delete a category that a new rate refers to. The lock ends with the transaction.
 */
export async function lockTaxes({ db, tenantId }: OrdersTransaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`taxes of ${tenantId}`}, 0))`.execute(db);
}

/** A page of the tenant's tax zones, sorted by name. */
export async function findTaxZonePage(
  { db, tenantId }: OrdersTransaction,
  page: PageRequest,
  countryCode: string | null,
): Promise<Result<KeysetPage<StoredTaxZone>, Failure>> {
  let query = db.selectFrom('tax_zone').where('tax_zone.tenant_id', '=', tenantId).selectAll('tax_zone');
  if (countryCode !== null) query = query.where('country_code', '=', countryCode);
  const sort = [{ by: 'tax_zone.name', direction: 'asc' } as const];
  const found = await keysetPage(query, { sort, id: 'tax_zone.id', filter: { countryCode }, page });
  return found.ok ? ok(mapPage(found.value, zoneOf)) : found;
}

/** Null when the zone is unknown. */
export async function findTaxZone({ db, tenantId }: OrdersTransaction, id: string): Promise<StoredTaxZone | null> {
  const row = await db
    .selectFrom('tax_zone')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .selectAll()
    .executeTakeFirst();
  return row ? zoneOf(row) : null;
}

/** Locks and returns the zone. Null when the zone is unknown. */
export function lockTaxZone({ em, tenantId }: OrdersTransaction, id: string): Promise<TaxZoneEntity | null> {
  return em.findOne(TaxZoneEntity, { tenantId, id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

export async function countTaxZones({ db, tenantId }: OrdersTransaction): Promise<number> {
  const { count } = await db
    .selectFrom('tax_zone')
    .where('tenant_id', '=', tenantId)
    .select(sql<number>`count(*)::integer`.as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** Adds zones with one statement. Skips a zone when another zone has the same area. @returns the added zones */
export async function insertTaxZones(
  { db, tenantId }: OrdersTransaction,
  zones: readonly TaxZone[],
): Promise<StoredTaxZone[]> {
  if (zones.length === 0) return [];
  const rows = await db
    .insertInto('tax_zone')
    .values(
      zones.map(({ name, countryCode, region, postalPattern, rates }) => ({
        tenant_id: tenantId,
        id: randomUUID(),
        name,
        country_code: countryCode,
        region,
        postal_pattern: postalPattern,
        rates: jsonb(rates),
      })),
    )
    .onConflict((conflict) => conflict.constraint('tax_zone_area_taken').doNothing())
    .returningAll()
    .execute();
  return rows.map(zoneOf);
}

function zoneOf(row: Selectable<OrdersDatabase['tax_zone']>): StoredTaxZone {
  return {
    id: row.id,
    version: row.version,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    name: row.name,
    countryCode: row.country_code,
    region: row.region,
    postalPattern: row.postal_pattern,
    rates: row.rates,
  };
}
