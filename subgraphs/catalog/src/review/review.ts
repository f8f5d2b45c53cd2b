import { canTransition, err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import { REVIEW_TRANSITIONS, type ReviewStatus } from './review.machine.ts';
import type { ReviewModeration } from './review.policy.ts';

/** The part of a review that its author writes. All texts are plain text. */
export interface ReviewText {
  /** 1 to 5 stars. */
  readonly rating: number;
  readonly title: string;
  readonly body: string;
  /** The name that other shoppers see. */
  readonly displayName: string;
}

/** The part of a review that moderation decides. */
export interface ReviewState {
  readonly status: ReviewStatus;
  /** The reason for the rejection. Null unless the review is rejected. */
  readonly rejectionReason: string | null;
  /** The time of the first publication. */
  readonly publishedAt: Date | null;
  /** The number of reports since staff last published the review. */
  readonly reportCount: number;
}

/** The state of a new review, and of a review that its author has edited. A rejected review stays invisible until staff publish it. */
export function submittedState(before: ReviewState | null, moderation: ReviewModeration, now: Date): ReviewState {
  const waits = moderation === 'BEFORE_PUBLICATION' || before?.status === 'REJECTED';
  const kept = { rejectionReason: null, reportCount: before?.reportCount ?? 0 };
  const publishedAt = before?.publishedAt ?? null;
  return waits
    ? { ...kept, status: 'PENDING', publishedAt }
    : { ...kept, status: 'PUBLISHED', publishedAt: publishedAt ?? now };
}

/** Publishes a review. Publishing a published review dismisses its reports. */
export function publishReview(before: ReviewState, now: Date): Result<ReviewState, Failure> {
  return ok({ status: 'PUBLISHED', rejectionReason: null, publishedAt: before.publishedAt ?? now, reportCount: 0 });
}

/** Rejects a review. The author sees the reason. */
export function rejectReview(before: ReviewState, reason: string): Result<ReviewState, Failure> {
  if (!canTransition(REVIEW_TRANSITIONS, before.status, 'REJECTED')) return err(alreadyRejected());
  return ok({ ...before, status: 'REJECTED', rejectionReason: reason });
}

/** Returned when a rejected review is rejected again. */
function alreadyRejected(): Failure<'REVIEW_ALREADY_REJECTED'> {
  return failure(
    'REVIEW_ALREADY_REJECTED',
    'The review is rejected already; publish it first to reject it for another reason',
  );
}

/** The numbers of published reviews with 1, 2, 3, 4 and 5 stars. */
export type RatingCounts = readonly number[];

type Rated = Pick<ReviewState, 'status'> & Pick<ReviewText, 'rating'>;

/**
 * The change of a product's rating counts by a change of one review.
 * @param before null for a new review
 * @param after null for a deleted review
 * @returns five differences, or null when the counts stay the same
 */
export function ratingChange(before: Rated | null, after: Rated | null): RatingCounts | null {
  const changes = [1, 2, 3, 4, 5].map((rating) => counted(after, rating) - counted(before, rating));
  return changes.some((change) => change !== 0) ? changes : null;
}

function counted(review: Rated | null, rating: number): number {
  return review?.status === 'PUBLISHED' && review.rating === rating ? 1 : 0;
}

/** The number and the average of ratings. The average is rounded to two decimal places, and null without ratings. */
export function summaryOf(counts: RatingCounts): { readonly count: number; readonly average: number | null } {
  const count = counts.reduce((sum, each) => sum + each, 0);
  const stars = counts.reduce((sum, each, index) => sum + each * (index + 1), 0);
  return { count, average: count === 0 ? null : Math.round((stars * 100) / count) / 100 };
}
