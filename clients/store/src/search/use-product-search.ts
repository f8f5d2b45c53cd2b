import { StoreSearchDocument, type StoreSearchQuery } from '@souk/sdk';
import { useSouk } from '@souk/sdk/react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { apiSearchFilter, SEARCH_SORTS, type SearchState } from './search-filters.ts';

/** One page of search results. */
export type SearchPageData = NonNullable<StoreSearchQuery['search']>;
export type SearchFacetData = SearchPageData['facets'][number];

const PAGE = 24;

/** Reads search results page by page. @param currencyCode currency of the price ranges. Null until it is known */
export function useProductSearch(state: SearchState, currencyCode: string | null) {
  const { http } = useSouk();
  return useInfiniteQuery({
    queryKey: ['search', state, currencyCode],
    queryFn: async ({ pageParam, signal }) => {
      const variables = {
        query: state.query,
        filter: apiSearchFilter(state, currencyCode),
        sort: SEARCH_SORTS[state.sort],
        first: PAGE,
        ...(pageParam !== null && { after: pageParam }),
      };
      const { search } = await http.run(StoreSearchDocument, variables, { signal });
      return search ?? NOTHING;
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : null),
    placeholderData: keepPreviousData,
    enabled: state.query !== '',
    retry: false,
  });
}

const NOTHING: SearchPageData = {
  nodes: [],
  pageInfo: { hasNextPage: false, endCursor: null },
  totalCount: 0,
  corrected: null,
  reason: null,
  facets: [],
};
