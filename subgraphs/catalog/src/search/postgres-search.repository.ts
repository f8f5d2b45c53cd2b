import { fixedStatement } from '@souk/kit/persistence';
import type { SearchDocument } from './document/search-document.ts';
import type { SimilarWord } from './query/correction.ts';
import type { AnyForm, SearchClause } from './query/search-clause.ts';
import type { SearchEngine, SearchStore } from './search-engine.repository.ts';
import type { SearchAnswer, SearchRequest, SearchWords } from './search-engine.ts';

/** The maximum number of similar words that are read for one misspelled word. */
const CANDIDATES = 20;

interface SearchRow {
  readonly kind: 'product' | 'total' | 'facet';
  readonly value: string;
  /** pg returns a bigint as a string or as a number. */
  readonly number: string | number;
  readonly sort_text: string;
}

const searchProducts = fixedStatement<SearchRow>(
  'select kind, value, number, sort_text from search_products($1, $2, $3, $4::uuid, $5::jsonb, $6, $7::text[], $8, $9)',
);
const searchMatches = fixedStatement<{ found: boolean }>('select search_matches($1, $2, $3) as found');
const similarWords = fixedStatement<SimilarWord>('select * from search_similar_words($1, $2::text[], $3)');
const wordsFrom = fixedStatement<{ display: string }>('select display from search_words_from($1, $2, $3)');
const replaceDocuments = fixedStatement('select search_replace($1::uuid[], $2::jsonb, $3::jsonb)');
const clearDocuments = fixedStatement('select search_clear($1::text[])');

/**
 * The search index in Postgres. The application role can only access documents through functions, which restrict them to the transaction's
 * tenant.
 */
export const postgresSearch: SearchEngine & SearchStore = {
  async search({ db }, request) {
    const { language, includesDrafts, collectionId, wanted, sort, after, limit, counts } = request;
    const { rows } = await searchProducts(
      db,
      language,
      tsqueryOf(request),
      includesDrafts,
      collectionId,
      JSON.stringify(wanted),
      sort,
      after && [after.number, after.text, after.productId],
      limit,
      counts,
    );
    return answerOf(rows, request);
  },

  async matches({ db }, words) {
    const query = tsqueryOf(words);
    if (query === null) return true;
    const { rows } = await searchMatches(db, words.language, query, words.includesDrafts);
    return rows[0]?.found ?? false;
  },

  similarWords: async ({ db }, language, words) => (await similarWords(db, language, [...words], CANDIDATES)).rows,

  async wordsFrom({ db }, language, prefix, limit) {
    return (await wordsFrom(db, language, prefix, limit)).rows.map(({ display }) => display);
  },

  async replace({ db }, productIds, documents) {
    const words = documents.flatMap((document) =>
      document.words.map((word) => ({ ...word, language: document.language })),
    );
    await replaceDocuments(
      db,
      [...productIds],
      JSON.stringify(documents.map(storedDocument)),
      JSON.stringify([...new Map(words.map((word) => [`${word.language} ${word.word}`, word])).values()]),
    );
  },

  async clear({ db }, languages) {
    await clearDocuments(db, [...languages]);
  },
};

function answerOf(rows: readonly SearchRow[], { counts }: SearchRequest): SearchAnswer {
  const of = (kind: SearchRow['kind']) => rows.filter((row) => row.kind === kind);
  return {
    products: of('product').map(({ value, number, sort_text }) => ({
      productId: value,
      number: String(number),
      text: sort_text,
    })),
    total: counts ? Number(of('total')[0]?.number ?? 0) : null,
    facets: of('facet').map(({ value, number }) => ({ stored: value, count: Number(number) })),
  };
}

function storedDocument({ forms, ...document }: SearchDocument) {
  return {
    language: document.language,
    product_id: document.productId,
    is_published: document.isPublished,
    // In a tsvector, positions carry the weights. All forms have position 1, because the ranking ignores distances between words.
    words: [...forms].map(([form, weight]) => `${lexeme(form)}:1${weight}`).join(' '),
    sort_name: document.sortName,
    listed_at: document.listedAt,
    in_stock: document.inStock,
    price_minor: document.priceMinor,
    prices: document.prices,
    collection_ids: document.collectionIds,
    facets: document.facets,
  };
}

/** The clauses in tsquery syntax. Null when there are no clauses. */
function tsqueryOf({ clauses }: Pick<SearchWords, 'clauses'>): string | null {
  return clauses.length === 0 ? null : clauses.map(clauseOf).join(' & ');
}

const clauseOf = (clause: SearchClause) => `(${clause.map((all) => `(${all.map(anyOf).join(' & ')})`).join(' | ')})`;
const anyOf = (forms: AnyForm) => `(${forms.map(searched).join(' | ')})`;
const searched = (form: string) => (form.endsWith('*') ? `${lexeme(form.slice(0, -1))}:*` : lexeme(form));
const lexeme = (form: string) => `'${form.replace(/['\\]/g, (character) => character + character)}'`;
