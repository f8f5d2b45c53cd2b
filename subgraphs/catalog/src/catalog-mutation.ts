import { CatalogWrite } from './contract.ts';
import { uniqueViolations } from '@souk/kit/domain';

/** The unique constraints that mutations of the catalog may violate, each with the failure that the mutation returns. */
const UNIQUE_VIOLATIONS = {
  ...uniqueViolations(
    ['product_slug_unique', 'brand_slug_unique', 'category_slug_unique', 'collection_slug_unique'],
    'SLUG_TAKEN',
    'This slug is taken; choose another',
    'slug',
  ),
  ...uniqueViolations(
    ['product_variant_sku_unique', 'variant_sku_unique'],
    'SKU_TAKEN',
    'Another variant has this SKU, or one that differs only by case; choose another',
    'sku',
  ),
  ...uniqueViolations(
    ['product_variant_barcode_unique'],
    'BARCODE_TAKEN',
    'Another variant has this barcode; check which of the two articles has it',
    'barcode',
  ),
  ...uniqueViolations(
    ['attribute_code_unique'],
    'CODE_TAKEN',
    'An attribute has this code already; choose another',
    'code',
  ),
  ...uniqueViolations(
    ['price_list_code_unique'],
    'CODE_TAKEN',
    'A price list has this code already; choose another',
    'code',
  ),
  ...uniqueViolations(['channel_code_unique'], 'CODE_TAKEN', 'A channel has this code already; choose another', 'code'),
  ...uniqueViolations(
    ['product_variant_options_unique'],
    'OPTIONS_TAKEN',
    'The product already has a variant with these options; choose others',
    'options',
  ),
  ...uniqueViolations(
    [
      'product_external_reference_unique',
      'product_variant_external_reference_unique',
      'category_external_reference_unique',
      'collection_external_reference_unique',
    ],
    'EXTERNAL_REFERENCE_TAKEN',
    'This external reference is taken; use one that no other object of this type has',
    'externalReference',
  ),
};

/** The scope and the unique violations of all mutations: `mutate(unitOfWork, ctx, { ...CATALOG_MUTATION, operation, input }, work)`. */
export const CATALOG_MUTATION = { scope: CatalogWrite, uniqueViolations: UNIQUE_VIOLATIONS } as const;
