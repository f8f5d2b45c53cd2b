import type { CatalogRead, CatalogTransaction } from '../database.ts';
import type { SearchDocument, ShopWord } from './document/search-document.ts';
import type { SimilarWord } from './query/correction.ts';
import type { SearchAnswer, SearchRequest, SearchWords } from './search-engine.ts';

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
