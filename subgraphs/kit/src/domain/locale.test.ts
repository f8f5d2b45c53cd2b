import { expect, test } from '@jest/globals';
import { canonicalLocale, localeCandidates } from './locale.ts';

test('a text is looked up in the exact locale, then in its language', () => {
  expect(localeCandidates('DE-at')).toEqual(['de-AT', 'de']);
  expect(localeCandidates('fr')).toEqual(['fr', 'fr']);
});

test('an invalid language tag has no canonical form, and counts as English', () => {
  expect(canonicalLocale('not a locale')).toBeNull();
  expect(localeCandidates('not a locale')).toEqual(['en', 'en']);
});
