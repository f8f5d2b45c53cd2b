import { isSameRange, pageRange, type PageRange } from '@souk/kit/domain';
import type { Selection } from '../selection.ts';

/** Which prices of a variant to load. */
export type WantedPrices = 'NONE' | 'DEFAULT_CURRENCY' | 'ALL';

/** Which details of a variant to load, beside the variant's own row. */
export interface WantedOfVariant {
  readonly prices: WantedPrices;
  readonly attributes: boolean;
}

/** Which variants to load with each product. */
export interface WantedVariants extends WantedOfVariant {
  readonly range: PageRange;
}

/** Which details of products to load beside the products' own rows. The transaction that reads the products loads them. */
export interface WantedOfProduct {
  readonly categories: boolean;
  readonly collections: boolean;
  readonly attributes: boolean;
  readonly media: boolean;
  /**
   * Null when no variants are loaded together with the products: the request selects none, the page is invalid, or aliases request
   * different pages, which are loaded later.
   */
  readonly variants: WantedVariants | null;
}

export const NOTHING_MORE: WantedOfProduct = {
  categories: false,
  collections: false,
  attributes: false,
  media: false,
  variants: null,
};
export const ALL_OF_VARIANT: WantedOfVariant = { prices: 'ALL', attributes: false };

/** The details to load for a selection on products. */
export function wantedOfProduct(product: Selection): WantedOfProduct {
  return {
    categories: product.has('categories'),
    collections: product.has('collections'),
    attributes: product.has('attributes'),
    media: product.has('media'),
    variants: product.has('variants') ? wantedVariants(product.below('variants')) : null,
  };
}

/** The details to load for a selection on variants. */
export function wantedOfVariant(variant: Selection): WantedOfVariant {
  return { prices: wantedPrices(variant), attributes: variant.has('attributes') };
}

function wantedVariants(list: Selection): WantedVariants | null {
  const [range, ...others] = list.uses.map(rangeOfUse);
  if (!range || others.some((other) => !other || !isSameRange(range, other))) return null;
  const [nodes, edges] = [list.below('nodes'), list.below('edges').below('node')].map(wantedOfVariant);
  return {
    range,
    prices: morePrices(nodes?.prices ?? 'NONE', edges?.prices ?? 'NONE'),
    attributes: Boolean(nodes?.attributes) || Boolean(edges?.attributes),
  };
}

function rangeOfUse({ first, after, last, before }: Readonly<Record<string, unknown>>): PageRange | null {
  const range = pageRange({
    first: numberOrNull(first),
    after: textOrNull(after),
    last: numberOrNull(last),
    before: textOrNull(before),
  });
  return range.ok ? range.value : null;
}

const numberOrNull = (value: unknown) => (typeof value === 'number' ? value : null);
const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null);

function wantedPrices(variant: Selection): WantedPrices {
  const asked = variant.below('price').uses;
  if (variant.has('prices') || asked.some(({ currencyCode }) => typeof currencyCode === 'string')) return 'ALL';
  return asked.length > 0 ? 'DEFAULT_CURRENCY' : 'NONE';
}

function morePrices(one: WantedPrices, other: WantedPrices): WantedPrices {
  return one === 'NONE' ? other : other === 'NONE' ? one : one === other ? one : 'ALL';
}
