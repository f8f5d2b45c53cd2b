import { LockMode } from '@mikro-orm/postgresql';
import { ok, type Failure, type PageRequest, type Result } from '@souk/kit/domain';
import { keysetPage, mapPage, type KeysetPage } from '@souk/kit/persistence';
import { sql, type Selectable } from 'kysely';
import type { CatalogDatabase, CatalogRead, CatalogTransaction } from '../database.ts';
import { MediaEntity } from './media.entity.ts';
import type { MediaState } from './media.machine.ts';
import type { AltTranslation, FocalPoint, MediaVariant } from './media.ts';

/** An uploaded picture with its resized variants. */
export interface StoredMedia {
  readonly id: string;
  readonly version: number;
  readonly createdAt: Date;
  /** The id of a user. Null when the platform created the picture. */
  readonly createdBy: string | null;
  readonly updatedAt: Date;
  readonly updatedBy: string | null;
  readonly state: MediaState;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly alt: string;
  readonly altTranslations: readonly AltTranslation[];
  readonly focalPoint: FocalPoint;
  readonly contentType: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly blurHash: string | null;
  readonly url: string | null;
  readonly problem: string | null;
  readonly variants: readonly MediaVariant[];
}

/** Finds pictures by id. Unknown pictures are left out. */
export async function findMedia(tx: CatalogRead, ids: readonly string[]): Promise<StoredMedia[]> {
  const rows = await media(tx)
    .where('media.id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .execute();
  return withVariants(tx, rows);
}

/** A page of the pictures of the shop, the newest first. */
export async function findMediaPage(
  tx: CatalogRead,
  page: PageRequest,
): Promise<Result<KeysetPage<StoredMedia>, Failure>> {
  const found = await keysetPage(media(tx), {
    sort: [{ by: 'media.created_at', direction: 'desc' }],
    id: 'media.id',
    filter: null,
    page,
  });
  if (!found.ok) return found;
  const stored = new Map((await withVariants(tx, found.value.rows)).map((each) => [each.id, each]));
  return ok(mapPage(found.value, (row) => stored.get(row.id) ?? mediaOf(row, [])));
}

/** Locks and returns a picture. Null when it is unknown. */
export function lockMedia({ em, tenantId }: CatalogTransaction, id: string): Promise<MediaEntity | null> {
  return em.findOne(MediaEntity, { tenantId, id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/** Whether a product shows the picture. */
export async function isInUse({ db, tenantId }: CatalogRead, id: string): Promise<boolean> {
  const found = await db
    .selectFrom('product_media')
    .select('media_id')
    .where('tenant_id', '=', tenantId)
    .where('media_id', '=', id)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** The total size of the shop's uploads in bytes. */
export async function usedBytes({ db, tenantId }: CatalogRead): Promise<number> {
  const found = await db.selectFrom('media_usage').select('bytes').where('tenant_id', '=', tenantId).executeTakeFirst();
  return found?.bytes ?? 0;
}

/**
 * Adds bytes to the shop's usage. Returns false when the sum would exceed the quota. The row is locked until the end of the transaction.
 */
export async function reserveBytes(
  { db, tenantId }: CatalogTransaction,
  bytes: number,
  quota: number,
): Promise<boolean> {
  await db
    .insertInto('media_usage')
    .values({ tenant_id: tenantId, bytes: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { numUpdatedRows } = await db
    .updateTable('media_usage')
    .set({ bytes: sql<number>`bytes + ${bytes}` })
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`bytes + ${bytes} <= ${quota}`)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Subtracts bytes from the shop's usage. */
export async function releaseBytes({ db, tenantId }: CatalogTransaction, bytes: number): Promise<void> {
  await db
    .updateTable('media_usage')
    .set({ bytes: sql<number>`greatest(bytes - ${bytes}, 0)` })
    .where('tenant_id', '=', tenantId)
    .execute();
}

/** Replaces the resized variants of a picture. */
export async function replaceVariants(
  { db, tenantId }: CatalogTransaction,
  mediaId: string,
  variants: readonly MediaVariant[],
): Promise<void> {
  await db.deleteFrom('media_variant').where('tenant_id', '=', tenantId).where('media_id', '=', mediaId).execute();
  const rows = variants.map((each) => ({
    tenant_id: tenantId,
    media_id: mediaId,
    format: each.format,
    fit: each.fit,
    width: each.width,
    pixel_width: each.pixelWidth,
    pixel_height: each.pixelHeight,
    size_bytes: each.sizeBytes,
    object_key: each.objectKey,
  }));
  if (rows.length > 0) await db.insertInto('media_variant').values(rows).execute();
}

function media({ db, tenantId }: CatalogRead) {
  return db
    .selectFrom('media')
    .where('media.tenant_id', '=', tenantId)
    .where('media.deleted_at', 'is', null)
    .selectAll('media');
}

type MediaColumns = Selectable<CatalogDatabase['media']>;

async function withVariants({ db, tenantId }: CatalogRead, rows: readonly MediaColumns[]): Promise<StoredMedia[]> {
  if (rows.length === 0) return [];
  const variants = await db
    .selectFrom('media_variant')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('media_id', '=', sql<string>`any(${rows.map(({ id }) => id)}::uuid[])`)
    .orderBy('width')
    .execute();
  const byMedia = Map.groupBy(variants, ({ media_id }) => media_id);
  return rows.map((row) => mediaOf(row, byMedia.get(row.id) ?? []));
}

function mediaOf(row: MediaColumns, variants: readonly Selectable<CatalogDatabase['media_variant']>[]): StoredMedia {
  return {
    id: row.id,
    version: row.version,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    state: row.state,
    fileName: row.file_name,
    sizeBytes: row.size_bytes,
    alt: row.alt,
    altTranslations: row.alt_translations,
    focalPoint: { x: row.focal_x, y: row.focal_y },
    contentType: row.content_type,
    width: row.width,
    height: row.height,
    blurHash: row.blur_hash,
    url: row.url,
    problem: row.problem,
    variants: variants.map(({ format, fit, width, pixel_width, pixel_height, size_bytes, object_key }) => ({
      format,
      fit,
      width,
      pixelWidth: pixel_width,
      pixelHeight: pixel_height,
      sizeBytes: size_bytes,
      objectKey: object_key,
    })),
  };
}
