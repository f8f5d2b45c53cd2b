import { ok, type Failure, type PageRequest, type Result } from '@souk/kit/domain';
import { keysetPage, mapPage, type KeysetPage } from '@souk/kit/persistence';
import { sql, type Selectable } from 'kysely';
import type { CatalogDatabase, CatalogRead, CatalogTransaction } from '../database.ts';
import { ChannelEntity } from './channel.entity.ts';
import { MAX_CHANNELS, type ChannelSettings } from './channel.ts';

/** A channel as read from the database. */
export interface StoredChannel extends ChannelSettings {
  readonly id: string;
  readonly version: number;
  readonly createdAt: Date;
  /** The id of a user. Null when the platform created the channel. */
  readonly createdBy: string | null;
  readonly updatedAt: Date;
  readonly updatedBy: string | null;
}

/** A page of the tenant's channels, by code. */
export async function findChannelPage(
  tx: CatalogRead,
  page: PageRequest,
): Promise<Result<KeysetPage<StoredChannel>, Failure>> {
  const found = await keysetPage(channels(tx), {
    sort: [{ by: 'channel.code', direction: 'asc' }],
    id: 'channel.id',
    filter: null,
    page,
  });
  return found.ok ? ok(mapPage(found.value, channelOf)) : found;
}

/** Finds channels by id or by code. Unknown channels are left out. */
export async function findChannels(
  tx: CatalogRead,
  key: 'id' | 'code',
  values: readonly string[],
): Promise<StoredChannel[]> {
  const found = channels(tx);
  const rows = await (
    key === 'id'
      ? found.where('channel.id', '=', sql<string>`any(${[...values]}::uuid[])`)
      : found.where('channel.code', 'in', values)
  ).execute();
  return rows.map(channelOf);
}

/** Finds channels to which carts and orders refer. Deleted channels are included, because an order keeps its channel. */
export async function findReferencedChannels(tx: CatalogRead, ids: readonly string[]): Promise<StoredChannel[]> {
  const rows = await withDeleted(tx)
    .where('channel.id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .execute();
  return rows.map(channelOf);
}

/** The index of the first channel that does not exist. -1 when all exist. */
export async function firstUnknownChannel(tx: CatalogRead, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return -1;
  const known = new Set((await findChannels(tx, 'id', ids)).map(({ id }) => id));
  return ids.findIndex((id) => !known.has(id.toLowerCase()));
}

/** All channels of the tenant, by code. */
export async function findAllChannels(tx: CatalogRead): Promise<StoredChannel[]> {
  const rows = await channels(tx).orderBy('channel.code').limit(MAX_CHANNELS).execute();
  return rows.map(channelOf);
}

/**
 * Loads the tenant's channels for a change. An advisory lock serializes the changes of a tenant. Otherwise concurrent changes could exceed
 * the maximum number of channels, or leave the tenant with two default channels.
 */
export async function lockChannels({ db, em, tenantId }: CatalogTransaction): Promise<ChannelEntity[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`channels:${tenantId}`}, 0))`.execute(db);
  return em.find(ChannelEntity, { tenantId });
}

function channels(tx: CatalogRead) {
  return withDeleted(tx).where('channel.deleted_at', 'is', null);
}

function withDeleted({ db, tenantId }: CatalogRead) {
  return db.selectFrom('channel').where('channel.tenant_id', '=', tenantId).selectAll('channel');
}

function channelOf(row: Selectable<CatalogDatabase['channel']>): StoredChannel {
  return {
    id: row.id,
    version: row.version,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    code: row.code,
    name: row.name,
    active: row.active,
    isDefault: row.is_default,
  };
}
