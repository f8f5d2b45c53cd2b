import { respondWith, userErrorTypes } from '@souk/kit/graphql';

/** The GraphQL types of user errors, with the error codes that only mutations of this subgraph return. */
export const errors = userErrorTypes([
  'SLUG_TAKEN',
  'SKU_TAKEN',
  'BARCODE_TAKEN',
  'CODE_TAKEN',
  'EXTERNAL_REFERENCE_TAKEN',
  'INVALID_OPTIONS',
  'OPTIONS_TAKEN',
  'PRODUCT_NOT_SELLABLE',
  'CATEGORY_CYCLE',
  'CATEGORY_TOO_DEEP',
  'CATEGORY_HAS_CHILDREN',
  'CHANNEL_LIMIT_REACHED',
  'CHANNEL_IS_DEFAULT',
  'PRICE_LIST_LIMIT_REACHED',
  'METAFIELD_LIMIT_REACHED',
  'MEDIA_STORE_MISSING',
  'MEDIA_TOO_LARGE',
  'MEDIA_QUOTA_EXCEEDED',
  'MEDIA_UPLOAD_MISSING',
  'MEDIA_TYPE_NOT_SUPPORTED',
  'MEDIA_TOO_MANY_PIXELS',
  'MEDIA_DAMAGED',
  'MEDIA_UNSAFE',
  'MEDIA_SCANNER_UNAVAILABLE',
  'MEDIA_IN_USE',
  'MEDIA_NOT_READY',
  'IMPORT_LIMIT_REACHED',
  'IMPORT_ENDED',
  'REVIEW_EXISTS',
  'REVIEW_ALREADY_REJECTED',
  'TOO_MANY_ATTEMPTS',
]);

/** Runs the service call of a mutation: checks the input first, and converts failures to `userErrors`. */
export const respond = respondWith(errors);

/** Classes for `orphanedTypes`. No field of the schema references these implementations of the interface `UserError`. */
export const userErrorClasses = [errors.GeneralUserError, errors.VersionConflictError, errors.TooManyAttemptsError];
