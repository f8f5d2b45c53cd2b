/**
 * The trigrams of a word, as the extension pg_trgm of Postgres makes them: of each run of letters and digits, with two blanks before it and one
 * behind it.
 */
export function trigramsOf(word: string): ReadonlySet<string> {
  const trigrams = new Set<string>();
  for (const [run] of word.matchAll(/[\p{L}\p{N}]+/gu)) {
    const padded = Array.from(`  ${run} `);
    for (let at = 0; at + 3 <= padded.length; at++) trigrams.add(padded.slice(at, at + 3).join(''));
  }
  return trigrams;
}

/** The share of common trigrams, from 0 to 1, as the function `similarity` of pg_trgm. */
export function similarityOf(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const common = [...one].filter((trigram) => other.has(trigram)).length;
  const all = one.size + other.size - common;
  return all === 0 ? 0 : common / all;
}
