import type { PositionPageQuery } from '../position-page.ts';
import type { Selection } from '../selection.ts';

/** Which prices of a variant are loaded. */
export type WantedPrices = 'NONE' | 'DEFAULT_CURRENCY' | 'ALL';

/** What of a variant is loaded beside its own row. */
export interface WantedOfVariant {
  readonly prices: WantedPrices;
  readonly attributes: boolean;
}

/** The variants that are loaded with each product. */
export interface WantedVariants extends WantedOfVariant, PositionPageQuery {}

/** What of products is loaded beside their own rows, in the transaction that reads them. */
export interface WantedOfProduct {
  readonly categories: boolean;
  readonly collections: boolean;
  readonly attributes: boolean;
  readonly media: boolean;
  /** Null: none; also where aliases ask for different pages, which are then loaded one by one. */
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
const DEFAULT_FIRST = 50;

/** What to load with products of which this is selected. */
export function wantedOfProduct(product: Selection): WantedOfProduct {
  return {
    categories: product.has('categories'),
    collections: product.has('collections'),
    attributes: product.has('attributes'),
    media: product.has('media'),
    variants: product.has('variants') ? wantedVariants(product.below('variants')) : null,
  };
}

/** What to load with variants of which this is selected. */
export function wantedOfVariant(variant: Selection): WantedOfVariant {
  return { prices: wantedPrices(variant), attributes: variant.has('attributes') };
}

function wantedVariants(list: Selection): WantedVariants | null {
  const pages = list.uses.map(({ first, after }) => ({
    first: typeof first === 'number' ? first : DEFAULT_FIRST,
    after: typeof after === 'string' ? after : null,
  }));
  const [page, ...others] = pages;
  if (!page || others.some(({ first, after }) => first !== page.first || after !== page.after)) return null;
  const [nodes, edges] = [list.below('nodes'), list.below('edges').below('node')].map(wantedOfVariant);
  return {
    ...page,
    prices: morePrices(nodes?.prices ?? 'NONE', edges?.prices ?? 'NONE'),
    attributes: Boolean(nodes?.attributes) || Boolean(edges?.attributes),
  };
}

function wantedPrices(variant: Selection): WantedPrices {
  const asked = variant.below('price').uses;
  if (variant.has('prices') || asked.some(({ currencyCode }) => typeof currencyCode === 'string')) return 'ALL';
  return asked.length > 0 ? 'DEFAULT_CURRENCY' : 'NONE';
}

function morePrices(one: WantedPrices, other: WantedPrices): WantedPrices {
  return one === 'NONE' ? other : other === 'NONE' ? one : one === other ? one : 'ALL';
}
