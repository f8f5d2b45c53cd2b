import { canonicalText, err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import type { Synonyms } from './query/search-clause.ts';

/** Normalizes synonyms for storage. Returns a failure when a group has fewer than two different phrases, or a phrase is blank. */
export function storedSynonyms(synonyms: Synonyms): Result<Synonyms, Failure<'INVALID_INPUT'>> {
  const stored = synonyms.map((phrases) => [...new Set(phrases.flatMap((phrase) => canonicalText(phrase) ?? []))]);
  const wrong = stored.findIndex(
    (phrases, index) => phrases.length < 2 || phrases.length < (synonyms[index]?.length ?? 0),
  );
  if (wrong === -1) return ok(stored);
  return err(
    failure('INVALID_INPUT', 'A group of synonyms needs two or more different phrases, none of them blank', [
      'synonyms',
      `${wrong}`,
      'phrases',
    ]),
  );
}
