import type { ProductFilterInput, ProductSortInput } from '@souk/sdk';

/** The sorts of a product list, by their names in the address. */
export const SORTS = {
  newest: { field: 'NEWEST' },
  name: { field: 'NAME' },
  price: { field: 'PRICE' },
  priceDesc: { field: 'PRICE', direction: 'DESC' },
} as const satisfies Readonly<Record<string, ProductSortInput>>;
export type Sort = keyof typeof SORTS;

/** Sort and filters of a list. The address of the page holds all of them. */
export interface ListFilters {
  readonly sort: Sort;
  readonly inStock: boolean;
  /** The lowest price, as a decimal number with a point. Null without a limit. */
  readonly min: string | null;
  readonly max: string | null;
}

const DECIMAL = /^\d{1,9}(\.\d{1,4})?$/;

/** Reads the filters from the query of an address. Values that are not valid are left out. */
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

/** Writes the filters as the query of an address, with a question mark. Empty for a list without filters. */
export function searchOf({ sort, inStock, min, max }: ListFilters): string {
  const params = new URLSearchParams();
  if (sort !== 'newest') params.set('sort', sort);
  if (inStock) params.set('stock', 'in');
  if (min !== null) params.set('min', min);
  if (max !== null) params.set('max', max);
  const search = params.toString();
  return search === '' ? '' : `?${search}`;
}

/** Returns the filters as the API takes them. @param currencyCode of the prices. Without it, no filter by price */
export function apiFilter(filters: ListFilters, currencyCode: string | null): ProductFilterInput {
  const { inStock, min, max } = filters;
  const hasPrice = currencyCode !== null && (min !== null || max !== null);
  return {
    ...(inStock && { inStock: true }),
    ...(hasPrice && { price: { currencyCode, ...(min !== null && { min }), ...(max !== null && { max }) } }),
  };
}

/** Returns how many filters are set. */
export function filterCount({ inStock, min, max }: ListFilters): number {
  return Number(inStock) + Number(min !== null) + Number(max !== null);
}

/** Reads a price as a person types it: `20`, `19.90`, `19,90`. Null for an empty field, undefined for anything else. */
export function typedPrice(text: string): string | null | undefined {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return null;
  return DECIMAL.test(trimmed) ? trimmed : undefined;
}
