import {
  ReviewListDocument,
  ReviewPublishDocument,
  ReviewRejectDocument,
  ReviewReplySetDocument,
  type ReviewListQuery,
} from '@souk/sdk';
import { souk } from '../api/client.ts';
import { newIdempotencyKey } from '../api/idempotency-key.ts';
import { accepted } from '../api/refusal.ts';
import type { ReviewAction } from './review-decision.ts';

/** A review as the list shows it. */
export type ListedReview = NonNullable<ReviewListQuery['reviews']>['nodes'][number];

/** The lists of reviews. REPORTED: reviews of any status that shoppers have reported. */
export const REVIEW_VIEWS = ['PENDING', 'REPORTED', 'PUBLISHED', 'REJECTED'] as const;
export type ReviewView = (typeof REVIEW_VIEWS)[number];

const PAGE_SIZE = 50;

/** The start of the cache keys of all lists of reviews. */
export const REVIEWS_KEY = 'reviews';

/** Reads a page of reviews, newest first. @param after the cursor of the page before, null for the first page */
export function readReviews(view: ReviewView, after: string | null, signal: AbortSignal): Promise<ReviewListQuery> {
  const filter = view === 'REPORTED' ? { reported: true } : { status: view };
  return souk.run(ReviewListDocument, { first: PAGE_SIZE, after, filter }, { signal });
}

/**
 * Runs an action with the version of the review that the staff member saw.
 * @throws RefusalError when the server refuses, for instance because the review has a newer version
 */
export async function runReviewAction({ id, version }: ListedReview, action: ReviewAction): Promise<void> {
  const base = { idempotencyKey: newIdempotencyKey(), id, expectedVersion: version };
  if (action.kind === 'REJECT') {
    accepted((await souk.run(ReviewRejectDocument, { input: { ...base, reason: action.reason } })).reviewReject);
  } else if (action.kind === 'REPLY') {
    accepted((await souk.run(ReviewReplySetDocument, { input: { ...base, reply: action.reply } })).reviewReplySet);
  } else {
    accepted((await souk.run(ReviewPublishDocument, { input: base })).reviewPublish);
  }
}
