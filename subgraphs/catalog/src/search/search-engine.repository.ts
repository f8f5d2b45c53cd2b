import type { CatalogRead, CatalogTransaction } from '../database.ts';
import type { SearchDocument, ShopWord } from './document/search-document.ts';
import type { SimilarWord } from './query/correction.ts';
import type { SearchAnswer, SearchRequest, SearchWords } from './search-engine.ts';

/** Searches the documents of the transaction's tenant. Queries and documents are tokenized before they reach an engine. */
export interface SearchEngine {
  search(tx: CatalogRead, request: SearchRequest): Promise<SearchAnswer>;
  /** Whether any product matches the words when all filters are ignored. */
  matches(tx: CatalogRead, words: SearchWords): Promise<boolean>;
  /**
   * The words of published products that are similar to the given words. The most similar word is first.
   * @param words the words in lower case without accents
   */
  similarWords(tx: CatalogRead, language: string, words: readonly string[]): Promise<SimilarWord[]>;
  /**
   * The words of published products that begin with a prefix, the shortest first.
   * @param prefix the prefix in lower case without accents
   */
  wordsFrom(tx: CatalogRead, language: string, prefix: string, limit: number): Promise<ShopWord['display'][]>;
}

/** The documents in Postgres. They are written in the transaction that notes the change, whichever engine answers searches. */
export interface SearchStore {
  /** Replaces all documents of the products. A product without a new document is no longer found. */
  replace(tx: CatalogTransaction, productIds: readonly string[], documents: readonly SearchDocument[]): Promise<void>;
  /** Deletes all words, and the documents in languages that are not given. All products must be indexed again afterwards. */
  clear(tx: CatalogTransaction, languages: readonly string[]): Promise<void>;
}
