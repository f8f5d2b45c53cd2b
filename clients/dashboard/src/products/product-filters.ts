import type { ProductFilterInput, ProductSortInput } from '@souk/sdk';

export const STOCKS = ['anyStock', 'inStock', 'soldOut'] as const;
export const SORTS = ['newest', 'name', 'price'] as const;

/** The filters and the sort order of the product list, which are in the query string of its URL. */
export interface ProductFilters {
  readonly sku: string;
  readonly category: string;
  readonly stock: (typeof STOCKS)[number];
  readonly sort: (typeof SORTS)[number];
}

const SORT_INPUT: Readonly<Record<ProductFilters['sort'], ProductSortInput>> = {
  newest: { field: 'NEWEST' },
  name: { field: 'NAME' },
  price: { field: 'PRICE' },
};

/** Parses the filters from a query string. An unknown value is replaced by the default. */
export function readProductFilters(search: string): ProductFilters {
  const params = new URLSearchParams(search);
  return {
    sku: params.get('sku') ?? '',
    category: params.get('category') ?? '',
    stock: STOCKS.find((each) => each === params.get('stock')) ?? 'anyStock',
    sort: SORTS.find((each) => each === params.get('sort')) ?? 'newest',
  };
}

/** The filters as a query string, without the default values. */
export function writeProductFilters({ sku, category, stock, sort }: ProductFilters): string {
  const params = new URLSearchParams();
  if (sku !== '') params.set('sku', sku);
  if (category !== '') params.set('category', category);
  if (stock !== 'anyStock') params.set('stock', stock);
  if (sort !== 'newest') params.set('sort', sort);
  return params.toString();
}

/** The filters and the sort order as the API's input. */
export function productListInput({ sku, category, stock, sort }: ProductFilters): {
  readonly filter: ProductFilterInput;
  readonly sort: ProductSortInput;
} {
  return {
    filter: {
      ...(sku.trim() !== '' && { skus: [sku.trim()] }),
      ...(category !== '' && { category }),
      ...(stock !== 'anyStock' && { inStock: stock === 'inStock' }),
    },
    sort: SORT_INPUT[sort],
  };
}
