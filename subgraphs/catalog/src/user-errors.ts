import { respondWith, userErrorTypes } from '@souk/kit/graphql';

/** What the mutations of this subgraph may refuse with, besides the codes that every subgraph has. */
export const errors = userErrorTypes([
  'SLUG_TAKEN',
  'SKU_TAKEN',
  'CODE_TAKEN',
  'EXTERNAL_REFERENCE_TAKEN',
  'INVALID_OPTIONS',
  'OPTIONS_TAKEN',
  'PRODUCT_NOT_SELLABLE',
  'CATEGORY_CYCLE',
  'CATEGORY_TOO_DEEP',
  'CATEGORY_HAS_CHILDREN',
]);

/** Around every mutation's service call: checks the input, turns failures into `userErrors`. */
export const respond = respondWith(errors);

/** For `orphanedTypes`: implementers that no field names. */
export const userErrorClasses = [errors.GeneralUserError, errors.VersionConflictError];
