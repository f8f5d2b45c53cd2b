import { expect, test } from '@jest/globals';
import { canonicalLocale, localeCandidates } from './locale.ts';

test('a text is looked for in the exact locale, then in its language', () => {
  expect(localeCandidates('DE-at')).toEqual(['de-AT', 'de']);
  expect(localeCandidates('fr')).toEqual(['fr', 'fr']);
});

test('what is no language tag is none, and reads as English', () => {
  expect(canonicalLocale('not a locale')).toBeNull();
  expect(localeCandidates('not a locale')).toEqual(['en', 'en']);
});
