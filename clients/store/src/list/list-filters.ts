import type { ProductFilterInput, ProductSortInput } from '@souk/sdk';

/** The sort orders of a product list, by their names in the URL. */
export const SORTS = {
  newest: { field: 'NEWEST' },
  name: { field: 'NAME' },
  price: { field: 'PRICE' },
  priceDesc: { field: 'PRICE', direction: 'DESC' },
} as const satisfies Readonly<Record<string, ProductSortInput>>;
export type Sort = keyof typeof SORTS;

/** The sort order and the filters of a list, which are in the query string of its URL. */
export interface ListFilters {
  readonly sort: Sort;
  readonly inStock: boolean;
  /** The lowest price, as a decimal number with a point. Null when there is no lower limit. */
  readonly min: string | null;
  readonly max: string | null;
}

const DECIMAL = /^\d{1,9}(\.\d{1,4})?$/;

/** Parses the filters from a query string. Invalid values are ignored. */
export function filtersIn(search: string): ListFilters {
  const params = new URLSearchParams(search);
  const sort = params.get('sort') ?? 'newest';
  const price = (name: string) => {
    const value = params.get(name);
    return value !== null && DECIMAL.test(value) ? value : null;
  };
  return {
    sort: Object.hasOwn(SORTS, sort) ? (sort as Sort) : 'newest',
    inStock: params.get('stock') === 'in',
    min: price('min'),
    max: price('max'),
  };
}

/** The filters as a query string that begins with a question mark. Empty when no filter is set. */
export function searchOf({ sort, inStock, min, max }: ListFilters): string {
  const params = new URLSearchParams();
  if (sort !== 'newest') params.set('sort', sort);
  if (inStock) params.set('stock', 'in');
  if (min !== null) params.set('min', min);
  if (max !== null) params.set('max', max);
  const search = params.toString();
  return search === '' ? '' : `?${search}`;
}

/** The filters as the API's input. @param currencyCode currency of the prices. Null leaves out the price filter */
export function apiFilter(filters: ListFilters, currencyCode: string | null): ProductFilterInput {
  const { inStock, min, max } = filters;
  const hasPrice = currencyCode !== null && (min !== null || max !== null);
  return {
    ...(inStock && { inStock: true }),
    ...(hasPrice && { price: { currencyCode, ...(min !== null && { min }), ...(max !== null && { max }) } }),
  };
}

/** The number of active filters. */
export function filterCount({ inStock, min, max }: ListFilters): number {
  return Number(inStock) + Number(min !== null) + Number(max !== null);
}

/** Parses a price that a person typed: `20`, `19.90`, `19,90`. Null for an empty text, undefined for anything else. */
export function typedPrice(text: string): string | null | undefined {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return null;
  return DECIMAL.test(trimmed) ? trimmed : undefined;
}
