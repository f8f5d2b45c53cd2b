import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import { canonicalTranslations, type TranslationDraft } from '../translation/translation-draft.ts';
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
import { isSlug, slugFrom } from './slug.ts';

/** A picture or film of a product. */
export interface MediaDraft {
  readonly url: string;
  readonly alt?: string | null;
  /** In pixels. */
  readonly width?: number | null;
  readonly height?: number | null;
  /** Default IMAGE. */
  readonly kind?: 'IMAGE' | 'VIDEO' | null;
}

export type ProductStatus = 'DRAFT' | 'PUBLISHED';

/** A product as it is given. */
export interface ProductDraft {
  readonly name: string;
  /** Default: made from the name. */
  readonly slug?: string | null;
  readonly description?: string | null;
  readonly baseSku: string;
  readonly externalReference?: string | null;
  /** Default DRAFT. */
  readonly status?: ProductStatus | null;
  /** When it was published, where it was already; else now, if it is PUBLISHED. */
  readonly publishedAt?: Date | null;
  /** Default: what the variants show. */
  readonly options?: readonly ProductOption[] | null;
  readonly variants?: readonly VariantDraft[] | null;
  /** In the order they are shown. The attributes must exist. */
  readonly attributes?: readonly AttributeDraft[] | null;
  readonly translations?: readonly TranslationDraft[] | null;
  readonly media?: readonly MediaDraft[] | null;
}

/** Where a product is shown. */
export interface ProductPlacement {
  readonly categoryIds: readonly string[];
  readonly collectionIds: readonly string[];
}

/** A product that can be stored. */
export interface NewProduct extends ProductPlacement {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly baseSku: string;
  readonly externalReference: string | null;
  readonly status: ProductStatus;
  readonly publishedAt: Date | null;
  readonly listedAt: Date;
  readonly options: readonly ProductOption[];
  readonly variants: readonly NewVariant[];
  readonly attributes: readonly AttributeDraft[];
  readonly translations: readonly TranslationDraft[];
  readonly media: readonly MediaDraft[];
}

/** Decides whether a draft is a product, and which. */
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
 * Whether a new product may be published at once: one of its variants has a price, or they are still to come. An import takes products as
 * the other system had them.
 */
export function mayBeNew({ status, variants }: Pick<NewProduct, 'status' | 'variants'>): boolean {
  return status === 'DRAFT' || variants.length === 0 || variants.some(({ prices }) => prices.length > 0);
}

/** Returned when a product is published of which nothing can be bought. */
export function notSellable(field: readonly string[]): Failure<'PRODUCT_NOT_SELLABLE'> {
  const message = 'Nothing of this product can be bought: add a variant with a price, then publish it';
  return failure('PRODUCT_NOT_SELLABLE', message, field);
}

/** The slug that was given, else the one that the name makes. A name of punctuation alone makes `item`. */
export function slugOf({
  slug,
  name,
}: {
  readonly slug?: string | null;
  readonly name: string;
}): Result<string, InvalidDraft> {
  const chosen = slug ?? slugFrom(name) ?? 'item';
  if (isSlug(chosen)) return ok(chosen);
  return err(
    failure('INVALID_INPUT', 'A slug consists of small letters a to z, digits and single dashes between them', ['slug']),
  );
}
