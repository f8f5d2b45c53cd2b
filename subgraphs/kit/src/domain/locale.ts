/**
 * The stored form of a BCP 47 tag: the language in small letters, and the region in capitals. `DE-at` is `de-AT`. Null for an invalid tag.
 */
export function canonicalLocale(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}

/**
 * The two locales in which a text is looked up: the exact locale, then its language. The two locales are equal for a tag without a region.
 * The function always returns two, so one prepared statement with two joins serves all tags.
 */
export function localeCandidates(tag: string): readonly [exact: string, language: string] {
  const exact = canonicalLocale(tag) ?? 'en';
  return [exact, exact.split('-')[0] ?? exact];
}
