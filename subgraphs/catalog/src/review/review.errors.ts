import { failure, uniqueViolations, type Failure } from '@souk/kit/domain';

/** The unique constraints that `reviewCreate` may violate. */
export const REVIEW_VIOLATIONS = uniqueViolations(
  ['review_once'],
  'REVIEW_EXISTS',
  'You have reviewed this product already; change that review instead',
  'productId',
);

/** Returned for an unknown product, and for a product that shoppers cannot see. */
export function productNotFound(): Failure<'NOT_FOUND'> {
  return failure('NOT_FOUND', 'There is no product with this id', ['productId']);
}

/** Returned for an unknown review, and for a review that the caller may not see. */
export function reviewNotFound(): Failure<'NOT_FOUND'> {
  return failure('NOT_FOUND', 'There is no review with this id', ['id']);
}

/** Returned for users who are not customers, such as staff. */
export function customerMissing(): Failure<'INVALID_INPUT'> {
  return failure('INVALID_INPUT', 'Only customers write and report reviews; log in with the account of a customer');
}

/** Returned when the author deletes a review that the shop has rejected. */
export function reviewRejected(): Failure<'REVIEW_ALREADY_REJECTED'> {
  const message = 'The shop has rejected this review: change the review, and the shop decides again';
  return failure('REVIEW_ALREADY_REJECTED', message, ['id']);
}
