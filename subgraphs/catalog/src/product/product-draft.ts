import { failure, ok, type Failure, type Result, canonicalTranslations } from '@souk/kit/domain';
import { checkOptions, optionsOf, type ProductOption } from '../variant/option.ts';
import { skuOf } from '../variant/sku.ts';
import {
  checkAttributes,
  planVariants,
  type AttributeDraft,
  type InvalidDraft,
  type NewVariant,
  type VariantDraft,
} from '../variant/variant-draft.ts';
import type { CatalogTranslation } from '../translation/catalog-translation.ts';
import { checkDetails, NO_DETAILS, type DetailsDraft, type ProductDetails } from './product-details.ts';
import { slugOf } from '../slug/slug.ts';

/** A picture or video of a product. */
export interface MediaDraft {
  readonly url: string;
  /** The id of the uploaded picture. @default null, for a file on another server */
  readonly mediaId?: string | null;
  readonly alt?: string | null;
  /** The width in pixels. */
  readonly width?: number | null;
  readonly height?: number | null;
  /** @default IMAGE */
  readonly kind?: 'IMAGE' | 'VIDEO' | null;
}

export type ProductStatus = 'DRAFT' | 'PUBLISHED';

/** A product as staff or an import enter it. */
export interface ProductDraft extends DetailsDraft {
  readonly name: string;
  /** The slug. @default derived from the name */
  readonly slug?: string | null;
  readonly description?: string | null;
  readonly baseSku: string;
  readonly externalReference?: string | null;
  /** The code of the tax category. @default the standard rate */
  readonly taxCategory?: string | null;
  /** @default DRAFT */
  readonly status?: ProductStatus | null;
  /** The time of the first publication. @default now, when the product is PUBLISHED */
  readonly publishedAt?: Date | null;
  /** The options. @default derived from the variants */
  readonly options?: readonly ProductOption[] | null;
  readonly variants?: readonly VariantDraft[] | null;
  /** The attributes with their values, in display order. Each code must belong to an attribute of the shop. */
  readonly attributes?: readonly AttributeDraft[] | null;
  readonly translations?: readonly CatalogTranslation[] | null;
  readonly media?: readonly MediaDraft[] | null;
}

/** The ids of the brand of a product, and of the categories and collections that contain the product. */
export interface ProductPlacement {
  /** @default no brand */
  readonly brandId?: string | null;
  readonly categoryIds: readonly string[];
  readonly collectionIds: readonly string[];
}

/** A checked product with all defaults, ready to be stored. */
export interface NewProduct extends ProductPlacement, ProductDetails {
  readonly brandId: string | null;
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly baseSku: string;
  readonly externalReference: string | null;
  readonly taxCategory: string | null;
  readonly status: ProductStatus;
  readonly publishedAt: Date | null;
  readonly listedAt: Date;
  readonly options: readonly ProductOption[];
  readonly variants: readonly NewVariant[];
  readonly attributes: readonly AttributeDraft[];
  readonly translations: readonly CatalogTranslation[];
  readonly media: readonly MediaDraft[];
}

/** Checks a draft and completes it with defaults. */
export function planProduct(
  draft: ProductDraft,
  placement: ProductPlacement,
  { newId, now }: { readonly newId: () => string; readonly now: Date },
): Result<NewProduct, InvalidDraft> {
  const slug = slugOf(draft);
  if (!slug.ok) return slug;
  const baseSku = skuOf(draft.baseSku, 'baseSku');
  if (!baseSku.ok) return baseSku;
  const options =
    draft.options ?? optionsOf((draft.variants ?? []).map((variant) => ({ options: variant.options ?? [] })));
  const checked = checkOptions(options);
  if (!checked.ok) return checked;
  const variants = planVariants(draft.variants ?? [], { name: draft.name, options }, newId);
  if (!variants.ok) return variants;
  const attributes = checkAttributes(draft.attributes ?? []);
  if (!attributes.ok) return attributes;
  const details = checkDetails(draft);
  if (!details.ok) return details;
  const translations = canonicalTranslations(draft.translations ?? []);
  if (!translations.ok) return translations;

  const status = draft.status ?? 'DRAFT';
  const publishedAt = draft.publishedAt ?? (status === 'PUBLISHED' ? now : null);
  return ok({
    id: newId(),
    slug: slug.value,
    name: draft.name,
    description: draft.description ?? '',
    baseSku: baseSku.value,
    externalReference: draft.externalReference ?? null,
    taxCategory: draft.taxCategory ?? null,
    ...NO_DETAILS,
    ...details.value,
    brandId: placement.brandId ?? null,
    status,
    publishedAt,
    listedAt: publishedAt ?? now,
    options,
    variants: variants.value,
    attributes: draft.attributes ?? [],
    translations: translations.value,
    media: draft.media ?? [],
    categoryIds: [...new Set(placement.categoryIds)],
    collectionIds: [...new Set(placement.collectionIds)],
  });
}

/**
 * Whether a new product may have this status. A PUBLISHED product needs a variant with a price, unless it has no variants yet. Imports skip
 * this check, because they copy products as another system has them.
 */
export function mayBeNew({ status, variants }: Pick<NewProduct, 'status' | 'variants'>): boolean {
  return status === 'DRAFT' || variants.length === 0 || variants.some(({ prices }) => prices.length > 0);
}

/** Returned when a product without a priced variant would be published. */
export function notSellable(field: readonly string[]): Failure<'PRODUCT_NOT_SELLABLE'> {
  const message = 'Nothing of this product can be bought: add a variant with a price, then publish it';
  return failure('PRODUCT_NOT_SELLABLE', message, field);
}
