/** Letters without accents that Unicode does not decompose, with their replacements. */
const UNDECOMPOSED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/**
 * Normalizes a text for comparison: compatibility characters are decomposed, letters are in lower case, and Latin letters lose their
 * accents. `Ｃafé` and `cafe` become equal.
 * Letters of other scripts keep their marks, which distinguish words.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/(?<=\p{Script=Latin})\p{Mn}+/gu, '')
    .replace(/[ßæœøłđðþı]/g, (letter) => UNDECOMPOSED[letter] ?? letter)
    .normalize('NFC');
}

/** Converts a text to lower case and keeps its accents, which the stemmers need. */
export function lowerCase(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
