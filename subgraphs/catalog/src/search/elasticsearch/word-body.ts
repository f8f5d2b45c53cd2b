import { scopeOf } from './search-body.ts';
import { trigramsOf } from './trigrams.ts';

/** The number of words that are read for one misspelled word, and per page of completions. */
const READ_WORDS = 200;

const WORD_SOURCE = ['word', 'display', 'form'];

/** A word of the index, as its document contains it. */
export interface IndexedWord {
  readonly word: string;
  readonly display: string;
  readonly form: string;
}

/** The words with the most trigrams in common with a misspelled word. */
export function similarBody(tenantId: string, language: string, misspelled: string) {
  const trigrams = [...trigramsOf(misspelled)];
  return {
    size: READ_WORDS,
    _source: WORD_SOURCE,
    track_total_hits: false,
    query: {
      bool: {
        filter: scopeOf('word', tenantId, language),
        should: trigrams.map((trigram) => ({ constant_score: { filter: { term: { trigrams: trigram } }, boost: 1 } })),
        minimum_should_match: 1,
      },
    },
    sort: [{ _score: { order: 'desc' } }, { length: { order: 'asc' } }, { word: { order: 'asc' } }],
  } as const;
}

/** A page of the words that begin with a prefix, the shortest first. @param after the sort values of the last word of the previous page */
export function prefixBody(tenantId: string, language: string, prefix: string, after: readonly unknown[] | null) {
  return {
    size: READ_WORDS,
    _source: WORD_SOURCE,
    track_total_hits: false,
    query: { bool: { filter: [...scopeOf('word', tenantId, language), { prefix: { word: prefix } }] } },
    sort: [{ length: { order: 'asc' } }, { word: { order: 'asc' } }],
    ...(after && { search_after: after }),
  } as const;
}

/** Counts which of the forms published products have. A word stays in the index after its last product is gone. */
export function usedFormsBody(tenantId: string, language: string, forms: readonly string[]) {
  const filter = [
    ...scopeOf('product', tenantId, language),
    { term: { is_published: true } },
    { terms: { words: forms } },
  ];
  return {
    size: 0,
    track_total_hits: false,
    query: { bool: { filter } },
    aggs: { used: { terms: { field: 'words', include: forms, size: forms.length } } },
  } as const;
}
