import type { SearchClause } from './query/search-clause.ts';

export const SEARCH_ENGINES = ['POSTGRES', 'ELASTICSEARCH'] as const;
export type SearchEngineName = (typeof SEARCH_ENGINES)[number];

export const SEARCH_SORTS = ['RELEVANCE', 'NEWEST', 'PRICE_ASC', 'PRICE_DESC', 'NAME_ASC', 'NAME_DESC'] as const;
/** The order of found products. RELEVANCE is the same as NEWEST when the query has no words. */
export type SearchSort = (typeof SEARCH_SORTS)[number];

/** Restricts a facet to some values. A product must have one of the values. `kind` is the key of the facet. */
export interface WantedValues {
  readonly kind: string;
  readonly values: readonly string[];
}

/** Restricts the lowest price in a currency. Both bounds are inclusive and in minor units. */
export interface WantedPrice {
  readonly kind: string;
  readonly currency: string;
  readonly min: number;
  readonly max: number;
}

/** The words of a search: clauses that documents must match, in one language, with or without drafts. */
export interface SearchWords {
  readonly language: string;
  /** Empty to find all products. */
  readonly clauses: readonly SearchClause[];
  readonly includesDrafts: boolean;
}

/** The sort values of a product in a result. A cursor contains these values. */
export interface SearchPosition {
  readonly number: string;
  readonly text: string;
  readonly productId: string;
}

export interface SearchRequest extends SearchWords {
  readonly collectionId: string | null;
  readonly wanted: readonly (WantedValues | WantedPrice)[];
  readonly sort: SearchSort;
  /** The last product of the previous page. Null for the first page. */
  readonly after: SearchPosition | null;
  readonly limit: number;
  /** Whether to count the found products and the values of facets. */
  readonly counts: boolean;
}

/** A value of a facet with its number of products. All filters apply except the filter on the same facet. */
export interface FacetCount {
  /** The facet value as `SearchDocument.facets` contains it. */
  readonly stored: string;
  readonly count: number;
}

export interface SearchAnswer {
  readonly products: readonly SearchPosition[];
  /** The number of found products. Null unless `counts` was requested. */
  readonly total: number | null;
  readonly facets: readonly FacetCount[];
}
