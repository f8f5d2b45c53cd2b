import type { StoredReview } from './review.repository.ts';
import { summaryOf, type RatingCounts } from './review.ts';
import type { ProductRatingType, ReviewType } from './review.types.ts';

export function presentReview(review: StoredReview): ReviewType {
  return { ...review, customer: { id: review.customerId } };
}

export function presentRating(counts: RatingCounts): ProductRatingType {
  return { ...summaryOf(counts), distribution: counts };
}
