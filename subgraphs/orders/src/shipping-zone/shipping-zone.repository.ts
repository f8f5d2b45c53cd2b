import { LockMode } from '@mikro-orm/postgresql';
import { ok, type Failure, type PageRequest, type Result } from '@souk/kit/domain';
import { keysetPage, mapPage, type KeysetPage } from '@souk/kit/persistence';
import { sql, type Selectable } from 'kysely';
import type { OrdersDatabase, OrdersTransaction } from '../database.ts';
import { ShippingZoneEntity } from './shipping-zone.entity.ts';
import { placesOf, type ShippingZone } from './shipping-zone.ts';

/** A zone with the columns that the database assigns. */
export interface StoredShippingZone extends ShippingZone {
  readonly id: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly updatedAt: Date;
  readonly updatedBy: string | null;
}

/**
 * Takes an advisory lock that serializes changes of a tenant's zones. Otherwise concurrent changes could exceed the maximum number of
 * zones. The lock ends with the transaction.
 */
export async function lockZones({ db, tenantId }: OrdersTransaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`shipping zones of ${tenantId}`}, 0))`.execute(db);
}

/** A page of the tenant's zones, sorted by name. */
export async function findShippingZonePage(
  { db, tenantId }: OrdersTransaction,
  page: PageRequest,
): Promise<Result<KeysetPage<StoredShippingZone>, Failure>> {
  const query = db
    .selectFrom('shipping_zone')
    .where('shipping_zone.tenant_id', '=', tenantId)
    .selectAll('shipping_zone');
  const sort = [{ by: 'shipping_zone.name', direction: 'asc' } as const];
  const found = await keysetPage(query, { sort, id: 'shipping_zone.id', filter: null, page });
  return found.ok ? ok(mapPage(found.value, zoneOf)) : found;
}

/** Null when the zone is unknown. */
export async function findShippingZone(
  { db, tenantId }: OrdersTransaction,
  id: string,
): Promise<StoredShippingZone | null> {
  const row = await db
    .selectFrom('shipping_zone')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .selectAll()
    .executeTakeFirst();
  return row ? zoneOf(row) : null;
}

/** Locks and returns the zone. Null when the zone is unknown. */
export function lockShippingZone({ em, tenantId }: OrdersTransaction, id: string): Promise<ShippingZoneEntity | null> {
  return em.findOne(ShippingZoneEntity, { tenantId, id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

export async function countShippingZones({ db, tenantId }: OrdersTransaction): Promise<number> {
  const { count } = await db
    .selectFrom('shipping_zone')
    .where('tenant_id', '=', tenantId)
    .select(sql<number>`count(*)::integer`.as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** Replaces the rows that SQL compares with addresses, for several zones. */
export async function replacePlaces(
  { db, tenantId }: OrdersTransaction,
  zones: readonly Pick<StoredShippingZone, 'id' | 'areas'>[],
): Promise<void> {
  const ids = zones.map(({ id }) => id);
  await db.deleteFrom('shipping_zone_place').where('tenant_id', '=', tenantId).where('zone_id', 'in', ids).execute();
  const rows = zones.flatMap(({ id, areas }) =>
    placesOf(areas).map((place, position) => ({
      zone_id: id,
      position,
      country_code: place.countryCode,
      region: place.region,
      postal_like: place.postalLike,
      postal_from: place.postalFrom,
      postal_to: place.postalTo,
      specificity: place.specificity,
    })),
  );
  await sql`
    insert into shipping_zone_place
      (tenant_id, zone_id, position, country_code, region, postal_like, postal_from, postal_to, specificity)
    select ${tenantId}::uuid, place.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as place
      (zone_id uuid, position integer, country_code text, region text, postal_like text, postal_from text, postal_to text, specificity integer)`.execute(
    db,
  );
}

function zoneOf(row: Selectable<OrdersDatabase['shipping_zone']>): StoredShippingZone {
  return {
    id: row.id,
    version: row.version,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    code: row.code,
    name: row.name,
    areas: row.areas,
  };
}
