import {
  divideHalfUp,
  exponentOf,
  parseScaled,
  UNIT_PRICE_SCALE,
  type CurrencyCode,
  type DecimalString,
} from '@souk/kit/domain';

export const PRODUCT_SORT_FIELDS = ['NEWEST', 'NAME', 'PRICE'] as const;
export type ProductSortField = (typeof PRODUCT_SORT_FIELDS)[number];

/** The field and direction by which a list of products is sorted. */
export interface ProductSort {
  readonly field: ProductSortField;
  readonly direction: 'asc' | 'desc';
}

/** Prices from `min` to `max`, both inclusive. A missing bound does not restrict the prices. */
export interface PriceFilter {
  readonly min?: DecimalString | null;
  readonly max?: DecimalString | null;
  readonly currency: CurrencyCode;
}

/** Accepts products that have one of these values of an attribute. */
export interface AttributeFilter {
  readonly code: string;
  readonly values: readonly string[];
}

/** The conditions of a list of products. A product must meet all conditions. */
export interface ProductFilter {
  /** The id or slug of a category. Products of its descendants are included. */
  readonly category?: string | null;
  /** The id or slug of a collection. */
  readonly collection?: string | null;
  readonly price?: PriceFilter | null;
  readonly attributes?: readonly AttributeFilter[] | null;
  readonly inStock?: boolean | null;
  readonly ids?: readonly string[] | null;
  readonly skus?: readonly string[] | null;
}

/** Completes the sort of a request. By default NEWEST is descending, and the other fields are ascending. */
export function sortOf(field: ProductSortField = 'NEWEST', direction?: 'asc' | 'desc' | null): ProductSort {
  return { field, direction: direction ?? (field === 'NEWEST' ? 'desc' : 'asc') };
}

/**
 * Whether an index contains the list in its order, so every page costs the same. This holds for all products, and for the newest products
 * of one category or collection.
 */
export function isInIndexOrder({ category, collection, ...others }: ProductFilter, { field }: ProductSort): boolean {
  if (Object.values(others).some((condition) => condition !== null && condition !== undefined)) return false;
  return category || collection ? field === 'NEWEST' && !(category && collection) : true;
}

/** The bounds of a price filter in minor units, limited to the range of the database column. */
export function priceBounds({ min, max, currency }: PriceFilter): {
  readonly minMinor: number;
  readonly maxMinor: number;
} {
  return {
    minMinor: min ? minorBound(min, currency) : 0,
    maxMinor: max ? minorBound(max, currency) : Number.MAX_SAFE_INTEGER,
  };
}

function minorBound(amount: DecimalString, currency: CurrencyCode): number {
  const minor = divideHalfUp(
    parseScaled(amount, UNIT_PRICE_SCALE),
    10n ** BigInt(UNIT_PRICE_SCALE - exponentOf(currency)),
  );
  const largest = BigInt(Number.MAX_SAFE_INTEGER);
  return Number(minor > largest ? largest : minor < 0n ? 0n : minor);
}
