import type { CatalogRead, CatalogTransaction } from '../database.ts';
import type { SearchDocument, ShopWord } from './document/search-document.ts';
import type { SimilarWord } from './query/correction.ts';
import type { SearchClause } from './query/search-clause.ts';

export const SEARCH_SORTS = ['RELEVANCE', 'NEWEST', 'PRICE_ASC', 'PRICE_DESC', 'NAME_ASC', 'NAME_DESC'] as const;
/** RELEVANCE without words is NEWEST. */
export type SearchSort = (typeof SEARCH_SORTS)[number];

/** A restriction of one facet: products with one of the stored values. `kind` is the key of the facet. */
export interface WantedValues {
  readonly kind: string;
  readonly values: readonly string[];
}

/** A restriction of the lowest price in a currency, in minor units, both bounds included. */
export interface WantedPrice {
  readonly kind: string;
  readonly currency: string;
  readonly min: number;
  readonly max: number;
}

/** The words of a search: the documents that it looks at, and the clauses that they must match. */
export interface SearchWords {
  readonly language: string;
  /** Empty: all products. */
  readonly clauses: readonly SearchClause[];
  readonly includesDrafts: boolean;
}

/** The place of a product in a sorted list. */
export interface SearchPosition {
  readonly number: string;
  readonly text: string;
  readonly productId: string;
}

export interface SearchRequest extends SearchWords {
  readonly collectionId: string | null;
  readonly wanted: readonly (WantedValues | WantedPrice)[];
  readonly sort: SearchSort;
  /** Null: the first page. */
  readonly after: SearchPosition | null;
  readonly limit: number;
  /** Whether to count the products and the values of facets. */
  readonly counts: boolean;
}

/** The number of products that have a value of a facet and match all restrictions of other facets. */
export interface FacetCount {
  /** As `SearchDocument.facets` stores it. */
  readonly stored: string;
  readonly count: number;
}

export interface SearchAnswer {
  readonly products: readonly SearchPosition[];
  /** Null unless counts were requested. */
  readonly total: number | null;
  readonly facets: readonly FacetCount[];
}

/** The search index of the tenant of the transaction. Queries and documents come with their words already tokenized. */
export interface SearchEngine {
  search(tx: CatalogRead, request: SearchRequest): Promise<SearchAnswer>;
  /** Whether any product matches the words, whatever the other restrictions. */
  matches(tx: CatalogRead, words: SearchWords): Promise<boolean>;
  /** Words of published products that resemble the given words, the most similar of each word first. @param words without case and accents */
  similarWords(tx: CatalogRead, language: string, words: readonly string[]): Promise<SimilarWord[]>;
  /** Words of published products that begin with a text, the shortest first. @param prefix without case and accents */
  wordsFrom(tx: CatalogRead, language: string, prefix: string, limit: number): Promise<ShopWord['display'][]>;
  /** Replaces all documents of the products. A product without a document is not found any more. */
  replace(tx: CatalogTransaction, productIds: readonly string[], documents: readonly SearchDocument[]): Promise<void>;
  /** Removes all words, and the documents of all other languages. The products have to be indexed again. */
  clear(tx: CatalogTransaction, languages: readonly string[]): Promise<void>;
}
