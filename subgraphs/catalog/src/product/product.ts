import { ok, type Result } from '@souk/kit/domain';
import { changedTo } from '../changed-to.ts';
import { checkOptions, matchOptions, optionKey, type OptionValue, type ProductOption } from '../variant/option.ts';
import { skuOf } from '../variant/sku.ts';
import type { InvalidDraft } from '../variant/variant-draft.ts';
import { checkDetails, type DetailsDraft, type ProductDetails } from './product-details.ts';
import { slugOf } from '../slug/slug.ts';
import type { ProductStatus } from './product-draft.ts';

/** The fields of a product that a change reads or writes. A changed state has only the details that the change names. */
export interface ProductState extends Partial<ProductDetails> {
  readonly name: string;
  readonly slug: string;
  readonly description: string;
  readonly baseSku: string;
  readonly externalReference?: string | null | undefined;
  readonly taxCategory?: string | null | undefined;
  readonly status: ProductStatus;
  /** The time of the first publication. Null until then. */
  readonly publishedAt?: Date | null | undefined;
  /** The time by which NEWEST sorts products. */
  readonly listedAt: Date;
  readonly options: readonly ProductOption[];
}

/** A requested change. A missing field keeps its value. Null clears a field that may be empty. */
export interface ProductChange extends DetailsDraft {
  readonly name?: string;
  readonly slug?: string;
  readonly description?: string | null;
  readonly baseSku?: string;
  readonly externalReference?: string | null;
  readonly taxCategory?: string | null;
  readonly status?: ProductStatus;
  readonly options?: readonly ProductOption[] | null;
}

/** The fields of the product after the change. */
export function changeProduct(
  product: Omit<ProductState, keyof ProductDetails>,
  change: ProductChange,
  now: Date,
): Result<ProductState, InvalidDraft> {
  const slug = slugOf({ slug: change.slug ?? product.slug, name: product.name });
  if (!slug.ok) return slug;
  const baseSku = change.baseSku === undefined ? ok(product.baseSku) : skuOf(change.baseSku, 'baseSku');
  if (!baseSku.ok) return baseSku;
  const options = changedTo(product.options, change.options, []);
  const checked = checkOptions(options);
  if (!checked.ok) return checked;
  const details = checkDetails(change);
  if (!details.ok) return details;
  const status = change.status ?? product.status;
  return ok({
    slug: slug.value,
    options,
    name: change.name ?? product.name,
    description: changedTo(product.description, change.description, ''),
    baseSku: baseSku.value,
    externalReference: changedTo(product.externalReference, change.externalReference, null),
    taxCategory: changedTo(product.taxCategory, change.taxCategory, null),
    status,
    ...details.value,
    ...publication(product, status, now),
  });
}

/** The first publication makes a product the newest. A product that is hidden and published again keeps its position. */
function publication(
  { publishedAt = null, listedAt }: Pick<ProductState, 'publishedAt' | 'listedAt'>,
  status: ProductStatus,
  now: Date,
) {
  const isFirst = status === 'PUBLISHED' && publishedAt === null;
  return isFirst ? { publishedAt: now, listedAt: now } : { publishedAt, listedAt };
}

/** The option values of a variant, in the order of the product's new options, with the key of the combination (`optionKey`). */
export function underOptions(
  options: readonly ProductOption[],
  variant: { readonly options: readonly OptionValue[] },
): Result<{ readonly options: OptionValue[]; readonly optionKey: string }, InvalidDraft> {
  const matched = matchOptions(options, variant.options);
  return matched.ok ? ok({ options: matched.value, optionKey: optionKey(matched.value) }) : matched;
}
