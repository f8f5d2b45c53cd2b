import { respondWith, userErrorTypes } from '@souk/kit/graphql';

/** The error codes of this subgraph's mutations, besides the codes that every subgraph has. */
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
  'PRICE_LIST_LIMIT_REACHED',
  'IMPORT_LIMIT_REACHED',
  'IMPORT_ENDED',
]);

/** Wraps the service call of every mutation: checks the input and turns failures into `userErrors`. */
export const respond = respondWith(errors);

/** Classes for `orphanedTypes`: no field references these implementers of the interface. */
export const userErrorClasses = [errors.GeneralUserError, errors.VersionConflictError];
