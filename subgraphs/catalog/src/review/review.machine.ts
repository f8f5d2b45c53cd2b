import { defineTransitions } from '@souk/kit/domain';

export const REVIEW_STATUSES = ['PENDING', 'PUBLISHED', 'REJECTED'] as const;
/** The status of a review. Shoppers see PUBLISHED reviews only. */
export type ReviewStatus = (typeof REVIEW_STATUSES)[number];

/** The lifecycle of a review. An edit by its author leads back to PENDING when the shop approves reviews before their publication. */
export const REVIEW_TRANSITIONS = defineTransitions<ReviewStatus>('PENDING', {
  PENDING: ['PUBLISHED', 'REJECTED'],
  PUBLISHED: ['REJECTED', 'PENDING'],
  REJECTED: ['PUBLISHED', 'PENDING'],
});
