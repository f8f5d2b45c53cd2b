/** A BCP 47 tag as it is stored: language in small letters, region in capitals. `DE-at` is `de-AT`. Null when it is none. */
export function canonicalLocale(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}

/**
 * In which locale a text is looked for: exactly the one asked for, then its language. Always two, because a fixed number of
 * joins keeps one prepared statement; for a bare language both are the same.
 */
export function localeCandidates(tag: string): readonly [exact: string, language: string] {
  const exact = canonicalLocale(tag) ?? 'en';
  return [exact, exact.split('-')[0] ?? exact];
}
