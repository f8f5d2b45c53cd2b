import { sql } from 'kysely';
import type { CatalogTransaction } from '../database.ts';
import { replaceVariants } from './media.repository.ts';
import type { FocalPoint, MediaVariant } from './media.ts';

/** A picture whose resized variants this worker creates. */
export interface ClaimedMedia {
  readonly id: string;
  readonly focalPoint: FocalPoint;
  /** The number of attempts, including this one. */
  readonly attempts: number;
}

/** The resized variants of a picture, the URL of the default variant, and the BlurHash. */
export interface MadeVariants {
  readonly variants: readonly MediaVariant[];
  readonly url: string | null;
  readonly blurHash: string;
}

/** The lease of an attempt, in seconds. Afterwards another worker may try. */
const ATTEMPT_SECONDS = 300;

/** Queues the creation of a picture's resized variants. */
export async function queueProcessing({ db, tenantId }: CatalogTransaction, id: string): Promise<void> {
  await db
    .updateTable('media')
    .set({ due_at: sql<Date>`now()`, attempts: 0 })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute();
}

/** Starts an attempt. Null when another worker has already started an attempt. */
export async function claimProcessing({ db, tenantId }: CatalogTransaction, id: string): Promise<ClaimedMedia | null> {
  const row = await db
    .updateTable('media')
    .set({
      attempts: sql<number>`attempts + 1`,
      due_at: sql<Date>`now() + make_interval(secs => ${ATTEMPT_SECONDS})`,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('due_at', '<=', sql<Date>`now()`)
    .returning(['focal_x', 'focal_y', 'attempts'])
    .executeTakeFirst();
  return row ? { id, focalPoint: { x: row.focal_x, y: row.focal_y }, attempts: row.attempts } : null;
}

/**
 * Stores the resized variants of a picture. If the focal point has changed since the attempt began, the variants are not stored, and the
 * next run creates new variants.
 * @returns whether the variants were stored
 */
export async function recordVariants(
  tx: CatalogTransaction,
  { id, focalPoint }: ClaimedMedia,
  { variants, url, blurHash }: MadeVariants,
): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('media')
    .set({ state: 'READY', url, blur_hash: blurHash, problem: null, due_at: null, attempts: 0 })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .where('focal_x', '=', focalPoint.x)
    .where('focal_y', '=', focalPoint.y)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) return false;
  await replaceVariants(tx, id, variants);
  return true;
}

/**
 * Records that the resized variants cannot be created. A picture in PROCESSING becomes FAILED. A READY picture stays READY and keeps its
 * variants.
 */
export async function recordFailure({ db, tenantId }: CatalogTransaction, id: string, problem: string): Promise<void> {
  await db
    .updateTable('media')
    .set({ state: sql`case state when 'PROCESSING' then 'FAILED' else state end`, problem, due_at: null })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute();
}

/** The size of an unused picture, and whether it is already marked as deleted. */
export interface UnusedMedia {
  readonly sizeBytes: number;
  readonly isDeleted: boolean;
}

/** Locks a picture that no product shows. Null when a product shows the picture again. */
export async function lockUnused({ db, tenantId }: CatalogTransaction, id: string): Promise<UnusedMedia | null> {
  const row = await db
    .selectFrom('media')
    .select(['size_bytes', 'deleted_at'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('unused_since', 'is not', null)
    .forUpdate()
    .executeTakeFirst();
  return row ? { sizeBytes: row.size_bytes, isDeleted: row.deleted_at !== null } : null;
}

/** Marks a picture as deleted and stops its processing. */
export async function markDeleted({ db, tenantId }: CatalogTransaction, id: string): Promise<void> {
  await db
    .updateTable('media')
    .set({ deleted_at: sql<Date>`now()`, due_at: null })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute();
}

/** Deletes the row of a picture with its resized variants. */
export async function removeMedia({ db, tenantId }: CatalogTransaction, id: string): Promise<void> {
  await db.deleteFrom('media').where('tenant_id', '=', tenantId).where('id', '=', id).execute();
}
