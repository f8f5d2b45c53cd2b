import { LockMode } from '@mikro-orm/postgresql';
import { ok, type Failure, type PageRequest, type Result } from '@souk/kit/domain';
import { keysetPage, mapPage, type KeysetPage } from '@souk/kit/persistence';
import { sql, type Selectable } from 'kysely';
import type { CatalogDatabase, CatalogRead, CatalogTransaction } from '../database.ts';
import { PriceListEntity } from './price-list.entity.ts';
import type { PriceListSettings } from './price-list.ts';

/** The maximum number of price lists of a shop. Every request for prices checks the conditions of all lists. */
export const MAX_PRICE_LISTS = 500;

/** A price list as read from the database. */
export interface StoredPriceList extends PriceListSettings {
  readonly id: string;
  readonly version: number;
  readonly createdAt: Date;
  /** The id of a user. Null when the platform created the price list. */
  readonly createdBy: string | null;
  readonly updatedAt: Date;
  readonly updatedBy: string | null;
}

/** A page of the tenant's price lists. The list with the highest rank is first. */
export async function findPriceListPage(
  tx: CatalogRead,
  page: PageRequest,
): Promise<Result<KeysetPage<StoredPriceList>, Failure>> {
  const found = await keysetPage(priceLists(tx), {
    sort: [{ by: 'price_list.rank', direction: 'desc' }],
    id: 'price_list.id',
    filter: null,
    page,
  });
  return found.ok ? ok(mapPage(found.value, priceListOf)) : found;
}

/** Finds price lists by id. Unknown lists are left out. */
export async function findPriceLists(tx: CatalogRead, ids: readonly string[]): Promise<StoredPriceList[]> {
  const rows = await priceLists(tx)
    .where('price_list.id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .execute();
  return rows.map(priceListOf);
}

/** Locks and returns a price list. Null when it is unknown. */
export function lockPriceList({ em, tenantId }: CatalogTransaction, id: string): Promise<PriceListEntity | null> {
  return em.findOne(PriceListEntity, { tenantId, id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/** The number of the tenant's price lists, without deleted lists. */
export async function countPriceLists({ db, tenantId }: CatalogTransaction): Promise<number> {
  const { count } = await db
    .selectFrom('price_list')
    .where('tenant_id', '=', tenantId)
    .where('deleted_at', 'is', null)
    .select(sql<number>`count(*)::integer`.as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

function priceLists({ db, tenantId }: CatalogRead) {
  return db
    .selectFrom('price_list')
    .where('price_list.tenant_id', '=', tenantId)
    .where('price_list.deleted_at', 'is', null)
    .selectAll('price_list');
}

function priceListOf(row: Selectable<CatalogDatabase['price_list']>): StoredPriceList {
  return {
    id: row.id,
    version: row.version,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    code: row.code,
    name: row.name,
    currency: row.currency,
    groupIds: row.group_ids,
    companyIds: row.company_ids,
    channelIds: row.channel_ids,
    countryCodes: row.country_codes,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    priority: row.priority,
    active: row.active,
    pricesIncludeTax: row.prices_include_tax,
  };
}
