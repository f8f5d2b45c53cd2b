import {
  StoreProductsDocument,
  StoreCategoryProductsDocument,
  StoreCollectionProductsDocument,
  type HttpClient,
  type StoreCategoryProductsQuery,
} from '@souk/sdk';
import { useSouk } from '@souk/sdk/react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { apiFilter, SORTS, type ListFilters } from './list-filters.ts';

/** The origin of a list's products: a category, a collection, or the entire shop. */
export interface ListSource {
  readonly kind: 'category' | 'collection' | 'all';
  /** The slug of the category or collection. Empty for the entire shop. */
  readonly slug: string;
}

/** One page of a product list. */
export type ListPage = NonNullable<StoreCategoryProductsQuery['category']>['products'];

const PAGE = 24;

/** Reads a product list page by page, 24 products at a time. */
export function useProductList(source: ListSource, filters: ListFilters, currencyCode: string | null) {
  const { http } = useSouk();
  return useInfiniteQuery({
    queryKey: ['products of', source, filters, currencyCode],
    queryFn: ({ pageParam, signal }) => readPage(http, source, filters, currencyCode, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : null),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

async function readPage(
  http: HttpClient,
  { kind, slug }: ListSource,
  filters: ListFilters,
  currencyCode: string | null,
  after: string | null,
  signal: AbortSignal,
): Promise<ListPage> {
  const page = {
    first: PAGE,
    filter: apiFilter(filters, currencyCode),
    sort: SORTS[filters.sort],
    ...(after !== null && { after }),
  };
  if (kind === 'all') {
    const { products } = await http.run(StoreProductsDocument, page, { signal });
    return products ?? NOTHING;
  }
  if (kind === 'category') {
    const { category } = await http.run(StoreCategoryProductsDocument, { slug, ...page }, { signal });
    return category?.products ?? NOTHING;
  }
  const { collection } = await http.run(StoreCollectionProductsDocument, { slug, ...page }, { signal });
  return collection?.products ?? NOTHING;
}

const NOTHING: ListPage = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null }, totalCount: 0 };
