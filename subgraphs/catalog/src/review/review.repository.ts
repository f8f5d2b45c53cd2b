import { LockMode } from '@mikro-orm/postgresql';
import type { PageRequest } from '@souk/kit/domain';
import { keysetPage } from '@souk/kit/persistence';
import { sql } from 'kysely';
import type { CatalogRead, CatalogTransaction } from '../database.ts';
import { ReviewEntity } from './review.entity.ts';
import type { ReviewStatus } from './review.machine.ts';
import { DEFAULT_MODERATION, type ReportReason, type ReviewModeration, type ReviewSort } from './review.policy.ts';
import type { RatingCounts, ReviewState } from './review.ts';

/** The filter of the list of staff. An absent field does not filter. */
export interface ReviewFilter {
  readonly status?: ReviewStatus | null;
  readonly productId?: string | null;
  readonly rating?: number | null;
  readonly reported?: boolean | null;
}

const COLUMNS = [
  'review.id',
  'review.product_id as productId',
  'review.customer_id as customerId',
  'review.rating',
  'review.title',
  'review.body',
  'review.display_name as displayName',
  'review.verified_purchase as verifiedPurchase',
  'review.status',
  'review.rejection_reason as rejectionReason',
  'review.submitted_at as submittedAt',
  'review.published_at as publishedAt',
  'review.reply',
  'review.replied_at as repliedAt',
  'review.report_count as reportCount',
  'review.created_at as createdAt',
  'review.created_by as createdBy',
  'review.updated_at as updatedAt',
  'review.updated_by as updatedBy',
  'review.version',
] as const;

function reviews({ db, tenantId }: CatalogRead) {
  return db.selectFrom('review').where('review.tenant_id', '=', tenantId).select(COLUMNS);
}

/** A review as read from the database. */
export type StoredReview = Awaited<ReturnType<ReturnType<typeof reviews>['executeTakeFirstOrThrow']>>;

/** A page of the published reviews of a product. */
export function findPublishedPage(tx: CatalogRead, productId: string, sort: ReviewSort, page: PageRequest) {
  // The status is a literal, because Postgres uses the partial indexes only when the value is known at planning time.
  const published = reviews(tx)
    .where('review.product_id', '=', productId)
    .where('review.status', '=', sql.lit('PUBLISHED'));
  // Published reviews have a time of publication, although the column is nullable.
  const byTime = (direction: 'asc' | 'desc') => ({ by: 'review.published_at', direction }) as const;
  const direction = sort === 'LOWEST' ? 'asc' : 'desc';
  const byRating = { by: 'review.rating', direction } as const;
  const order = sort === 'NEWEST' ? [byTime('desc')] : [byRating, byTime(direction)];
  return keysetPage(published, { sort: order, id: 'review.id', filter: { productId, sort }, page });
}

/** A page of all reviews, the newest first. */
export function findReviewPage(tx: CatalogRead, filter: ReviewFilter, page: PageRequest) {
  const { status, productId, rating, reported } = filter;
  let query = reviews(tx);
  if (status) query = query.where('review.status', '=', status);
  if (productId) query = query.where('review.product_id', '=', productId);
  if (typeof rating === 'number') query = query.where('review.rating', '=', rating);
  if (typeof reported === 'boolean') query = query.where('review.report_count', reported ? '>' : '=', sql.lit(0));
  const sort = [{ by: 'review.submitted_at', direction: 'desc' } as const];
  return keysetPage(query, { sort, id: 'review.id', filter, page });
}

/** The reviews with these ids. Unknown ids are left out. */
export function findReviews(tx: CatalogRead, ids: readonly string[]): Promise<StoredReview[]> {
  return reviews(tx)
    .where('review.id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .execute();
}

/** The reviews that a customer wrote about products, by product id. */
export async function findOwnReviews(
  tx: CatalogRead,
  customerId: string,
  productIds: readonly string[],
): Promise<ReadonlyMap<string, StoredReview>> {
  const found = await reviews(tx)
    .where('review.customer_id', '=', customerId)
    .where('review.product_id', '=', sql<string>`any(${[...productIds]}::uuid[])`)
    .execute();
  return new Map(found.map((review) => [review.productId, review]));
}

/** Locks and returns a review. Null when it is unknown. */
export function lockReview({ em, tenantId }: CatalogTransaction, id: string): Promise<ReviewEntity | null> {
  return em.findOne(ReviewEntity, { tenantId, id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/** The part of a locked review that moderation decides. */
export function stateOf({ status, rejectionReason, publishedAt, reportCount }: ReviewEntity): ReviewState {
  return { status, rejectionReason: rejectionReason ?? null, publishedAt: publishedAt ?? null, reportCount };
}

/** Whether shoppers can see the product. */
export async function isProductPublished({ db, tenantId }: CatalogRead, productId: string): Promise<boolean> {
  const found = await db
    .selectFrom('product')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', productId)
    .where('status', '=', 'PUBLISHED')
    .where('deleted_at', 'is', null)
    .select('id')
    .executeTakeFirst();
  return found !== undefined;
}

/** Adds differences to the rating counts of a product, within the transaction of the review's change. */
export async function addToRating(
  { db, tenantId }: CatalogTransaction,
  productId: string,
  changes: RatingCounts,
): Promise<void> {
  await sql`
    update product
       set rating_counts = array(select held + added from unnest(rating_counts, ${[...changes]}::integer[]) with ordinality as both_counts (held, added, place) order by place)
     where tenant_id = ${tenantId}::uuid and id = ${productId}::uuid`.execute(db);
}

/** Deletes the reports of a review, so that their senders may report the review again. */
export async function deleteReports({ db, tenantId }: CatalogTransaction, reviewId: string): Promise<void> {
  await db.deleteFrom('review_report').where('tenant_id', '=', tenantId).where('review_id', '=', reviewId).execute();
}

/**
 * Records the report of a customer. A second report of the same customer changes nothing.
 * @returns whether the report was the first one
 */
export async function insertReport(
  { db, tenantId }: CatalogTransaction,
  report: {
    readonly reviewId: string;
    readonly customerId: string;
    readonly reason: ReportReason;
    readonly note: string | null;
    readonly reportedAt: Date;
  },
): Promise<boolean> {
  const { rows } = await sql`
    insert into review_report (review_id, customer_id, reason, note, reported_at)
    values (${report.reviewId}::uuid, ${report.customerId}::uuid, ${report.reason}, ${report.note}, ${report.reportedAt})
    on conflict do nothing returning review_id`.execute(db);
  if (rows.length === 0) return false;
  await sql`
    update review set report_count = report_count + 1
     where tenant_id = ${tenantId}::uuid and id = ${report.reviewId}::uuid`.execute(db);
  return true;
}

/** The moderation of the shop. */
export async function findModeration({ db, tenantId }: CatalogRead): Promise<ReviewModeration> {
  const row = await db
    .selectFrom('review_settings')
    .where('tenant_id', '=', tenantId)
    .select('moderation')
    .executeTakeFirst();
  return row?.moderation ?? DEFAULT_MODERATION;
}

const DAY_SECONDS = 86_400;

/**
 * The seconds until a customer may write another review or report. 0 when the customer may do so now. The advisory lock serializes the
 * attempts of a customer, so concurrent attempts do not exceed the maximum.
 */
export async function secondsToWait(
  { db, tenantId }: CatalogTransaction,
  kind: 'review' | 'review_report',
  customerId: string,
  { max, now }: { readonly max: number; readonly now: Date },
): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${kind}:${tenantId}:${customerId}`}, 0))`.execute(db);
  const time = sql.ref(kind === 'review' ? 'submitted_at' : 'reported_at');
  const { rows } = await sql<{ at: Date }>`
    select ${time} as at from ${sql.table(kind)}
     where tenant_id = ${tenantId}::uuid and customer_id = ${customerId}::uuid
       and ${time} > ${now}::timestamptz - make_interval(secs => ${DAY_SECONDS})
     order by ${time} desc offset ${max - 1} limit 1`.execute(db);
  const [oldest] = rows;
  return oldest ? Math.max(1, Math.ceil(DAY_SECONDS - (now.getTime() - oldest.at.getTime()) / 1000)) : 0;
}
