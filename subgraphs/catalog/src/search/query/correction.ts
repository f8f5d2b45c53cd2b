import type { ShopWord } from '../document/search-document.ts';
import { fold } from '../text/fold.ts';
import type { Term } from '../text/tokenizer.ts';

/** A word of the shop that is similar to a misspelled word of a query. */
export interface SimilarWord extends ShopWord {
  /** The misspelled word in lower case without accents. */
  readonly misspelled: string;
}

/** A word of at most this length may differ by one edit. A longer word may differ by two. */
const SHORT = 5;

/**
 * The number of edits between two words. An edit adds, removes or replaces a letter, or swaps two adjacent letters (optimal string
 * alignment).
 */
function editDistance(one: string, other: string): number {
  let [previous, current]: [number[], number[]] = [[], Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let row = 1; row <= one.length; row++) {
    const beforePrevious = previous;
    previous = current;
    current = [row];
    for (let column = 1; column <= other.length; column++) {
      const isEqual = one[row - 1] === other[column - 1];
      const isSwap = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current[column] = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (isEqual ? 0 : 1),
        isSwap ? (beforePrevious[column - 2] ?? 0) + 1 : Infinity,
      );
    }
  }
  return current[other.length] ?? 0;
}

/**
 * Replaces the misspelled words of a query by the most similar words of the shop. Null when no word is similar enough.
 * @param similar words of the shop. For each misspelled word, the most similar word is first
 */
export function correctedQuery(query: string, terms: readonly Term[], similar: readonly SimilarWord[]): string | null {
  const byWord = Map.groupBy(similar, ({ misspelled }) => misspelled);
  let corrected = '';
  let end = 0;
  for (const term of terms) {
    const nearest = term.word === null ? null : nearestOf(term, byWord.get(fold(term.word)) ?? []);
    if (nearest === null) continue;
    corrected += query.slice(end, term.start) + nearest;
    end = term.end;
  }
  return end === 0 ? null : corrected + query.slice(end);
}

/**
 * The most similar word of the shop. Null when no word is similar enough. Also null when the shop has the word itself, maybe inflected,
 * because then another word of the query is misspelled.
 */
function nearestOf({ word, forms }: Term, candidates: readonly SimilarWord[]): string | null {
  if (candidates.some(({ form }) => forms.includes(form))) return null;
  const misspelled = fold(word ?? '');
  const most = misspelled.length <= SHORT ? 1 : 2;
  const near = candidates
    .map((candidate) => ({ display: candidate.display, distance: editDistance(misspelled, candidate.word) }))
    .filter(({ distance }) => distance <= most);
  return near.toSorted((one, other) => one.distance - other.distance)[0]?.display ?? null;
}
