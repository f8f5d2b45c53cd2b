/** Letters that Unicode does not decompose into a letter and an accent. */
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
 * The form in which texts are compared: compatibility characters resolved, lower case, Latin letters without accents. `Ｃafé` and `cafe`
 * have one form. Letters of other scripts keep their marks, which distinguish words there.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/(?<=\p{Script=Latin})\p{Mn}+/gu, '')
    .replace(/[ßæœøłđðþı]/g, (letter) => UNDECOMPOSED[letter] ?? letter)
    .normalize('NFC');
}

/** Lower case with accents, as stemmers expect words. */
export function lowerCase(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
