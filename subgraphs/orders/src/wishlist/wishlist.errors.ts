import { failure, type Failure } from '@souk/kit/domain';
import { WISHLIST_LIMITS } from './wishlist.policy.ts';

/** Returned for an unknown wishlist or item, and for one of another customer. */
export function wishlistNotFound(field: string): Failure<'NOT_FOUND'> {
  return failure('NOT_FOUND', 'You have no such wishlist or item', [field]);
}

/** Returned for users who are not customers, such as staff. */
export function customerMissing(): Failure<'INVALID_INPUT'> {
  return failure('INVALID_INPUT', 'Only customers have wishlists; log in with the account of a customer');
}

/** Returned when a variant is not for sale. */
export function variantNotFound(): Failure<'VARIANT_NOT_FOUND'> {
  return failure('VARIANT_NOT_FOUND', 'There is no variant for sale with this id', ['variantId']);
}

export function tooManyLists(): Failure<'WISHLIST_LIMIT_REACHED'> {
  return failure('WISHLIST_LIMIT_REACHED', `A customer has at most ${WISHLIST_LIMITS.lists} wishlists; delete one`);
}

export function tooManyItems(): Failure<'WISHLIST_LIMIT_REACHED'> {
  return failure('WISHLIST_LIMIT_REACHED', `A wishlist has at most ${WISHLIST_LIMITS.items} items; remove one`);
}
