import type { SearchDocument, ShopWord, Weight } from '../document/search-document.ts';
import { trigramsOf } from './trigrams.ts';

/** A document of the index: its id and its content. Content null deletes the document. */
export interface StoredDocument {
  readonly id: string;
  readonly content: Readonly<Record<string, unknown>> | null;
}

/** Longer words are not suggested, because the id of a document has at most 512 bytes. */
const MAX_WORD = 100;

/** The id of a product's document. */
export const productKey = (tenantId: string, productId: string, language: string): string =>
  `${tenantId}~${productId}~${language}`;

/** The document of a product in one language. */
export function storedProduct(tenantId: string, document: SearchDocument): StoredDocument {
  const { forms, productId, language } = document;
  const weighted = (weight: Weight) => [...forms].flatMap(([form, own]) => (own === weight ? [form] : []));
  return {
    id: productKey(tenantId, productId, language),
    content: {
      type: 'product',
      tenant: tenantId,
      language,
      product_id: productId,
      is_published: document.isPublished,
      words: [...forms.keys()],
      a: weighted('A'),
      b: weighted('B'),
      c: weighted('C'),
      d: weighted('D'),
      sort_name: document.sortName,
      listed_micros: microsOf(document.listedAt),
      in_stock: document.inStock,
      price_minor: document.priceMinor,
      prices: document.prices,
      collection_ids: document.collectionIds,
      facets: document.facets,
    },
  };
}

/** The documents of the words of products, each word once. */
export function storedWords(tenantId: string, documents: readonly SearchDocument[]): StoredDocument[] {
  const words = documents.flatMap(({ language, words: own }) =>
    own.filter(({ word }) => word.length <= MAX_WORD).map((word) => storedWord(tenantId, language, word)),
  );
  return [...new Map(words.map((word) => [word.id, word])).values()];
}

function storedWord(tenantId: string, language: string, { word, display, form }: ShopWord): StoredDocument {
  const content = { word, display, form, length: word.length, trigrams: [...trigramsOf(word)] };
  return {
    id: `${tenantId}~word~${language}~${word}`,
    content: { type: 'word', tenant: tenantId, language, ...content },
  };
}

/** Microseconds since 1970. @param time ISO 8601 with up to six decimals of a second, as Postgres writes it */
export function microsOf(time: string): number {
  const [, decimals = ''] = /\.(\d{1,6})/.exec(time) ?? [];
  const seconds = Math.floor(Date.parse(time) / 1000);
  return seconds * 1_000_000 + Number(decimals.padEnd(6, '0'));
}
