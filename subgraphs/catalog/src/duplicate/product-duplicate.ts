import { err, type Result } from '@souk/kit/domain';
import { planProduct, type NewProduct } from '../product/product-draft.ts';
import type { InvalidDraft } from '../variant/variant-draft.ts';

/** The differences between a product and its copy. */
export interface DuplicateTerms {
  /** @default the name of the product */
  readonly name?: string | null;
  /** @default derived from the name */
  readonly slug?: string | null;
  /** The text that follows the base SKU and each SKU. @default -COPY */
  readonly skuSuffix?: string | null;
}

/**
 * Plans a copy of a product with its variants, own prices, attributes, texts, pictures, categories and collections. The copy is a draft
 * without external references and barcodes, because these belong to one product only.
 */
export function planDuplicate(
  product: NewProduct,
  { name, slug, skuSuffix }: DuplicateTerms,
  context: { readonly newId: () => string; readonly now: Date },
): Result<NewProduct, InvalidDraft> {
  const suffix = skuSuffix ?? '-COPY';
  const draft = {
    ...product,
    name: name ?? product.name,
    slug: slug ?? null,
    baseSku: product.baseSku + suffix,
    externalReference: null,
    status: 'DRAFT' as const,
    publishedAt: null,
    variants: product.variants.map((variant) => ({
      ...variant,
      sku: variant.sku + suffix,
      externalReference: null,
      barcode: null,
    })),
  };
  const planned = planProduct(draft, product, context);
  const isSku = !planned.ok && ['sku', 'baseSku'].includes(planned.error.field?.at(-1) ?? '');
  return !planned.ok && isSku ? err({ ...planned.error, field: ['skuSuffix'] }) : planned;
}
