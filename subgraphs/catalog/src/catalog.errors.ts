import { respondWith, userErrorTypes } from '@souk/kit/graphql';

/** What mutations of the catalog refuse, beside the codes of every mutation. */
export const catalogErrors = userErrorTypes([
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

/** Checks the input, calls the service, presents the value or the failure. */
export const respond = respondWith(catalogErrors);
