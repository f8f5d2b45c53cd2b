import { sql } from 'kysely';
import type { CatalogTransaction } from '../database.ts';
import { replaceVariants } from './media.repository.ts';
import type { FocalPoint, MediaVariant } from './media.ts';

/** A picture whose variants this worker makes. */
export interface ClaimedMedia {
  readonly id: string;
  readonly focalPoint: FocalPoint;
  /** The number of attempts, this one included. */
  readonly attempts: number;
}

/** The result of an attempt. */
export interface MadeVariants {
  readonly variants: readonly MediaVariant[];
  readonly url: string | null;
  readonly blurHash: string;
}

/** How long a worker may take before another one tries. */
const ATTEMPT_SECONDS = 300;

/** Queues the making of variants. */
export async function queueProcessing({ db, tenantId }: CatalogTransaction, id: string): Promise<void> {
  await db
    .updateTable('media')
    .set({ due_at: sql<Date>`now()`, attempts: 0 })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute();
}

/** Begins an attempt, when no other worker has begun one. */
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
 * Stores variants, unless the focal point has changed since the claim: then the next run makes others.
 * @returns whether they were stored
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

/** Records that no further attempt is made. A picture in PROCESSING becomes FAILED. A READY picture stays READY and keeps its variants. */
export async function recordFailure({ db, tenantId }: CatalogTransaction, id: string, problem: string): Promise<void> {
  await db
    .updateTable('media')
    .set({ state: sql`case state when 'PROCESSING' then 'FAILED' else state end`, problem, due_at: null })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute();
}

/** The state of a picture that may be removed. */
export interface UnusedMedia {
  readonly sizeBytes: number;
  readonly isDeleted: boolean;
}

/** Locks a picture that no product shows. Null: a product shows the picture by now. */
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

/** Marks a picture as deleted. */
export async function markDeleted({ db, tenantId }: CatalogTransaction, id: string): Promise<void> {
  await db
    .updateTable('media')
    .set({ deleted_at: sql<Date>`now()`, due_at: null })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute();
}

/** Removes the row of a picture with its variants. */
export async function removeMedia({ db, tenantId }: CatalogTransaction, id: string): Promise<void> {
  await db.deleteFrom('media').where('tenant_id', '=', tenantId).where('id', '=', id).execute();
}
