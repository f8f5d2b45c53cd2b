/** Characters that have no visible glyph, or only change their neighbors: controls, joiners, fillers, the blank Braille pattern. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;

/**
 * The stored form of a name or code by which an object is looked up. The form is in NFC, with single spaces, and without spaces at the
 * ends.
 * @returns null when the result is empty or contains an invisible character
 */
export function canonicalText(text: string): string | null {
  const canonical = text
    .normalize('NFC')
    .replace(/\p{Zs}+/gu, ' ')
    .trim();
  return canonical === '' || INVISIBLE.test(canonical) ? null : canonical;
}

/** The form in which two canonical texts are compared. Texts that differ only by case or by compatibility characters have the same form. */
export function comparedText(canonical: string): string {
  return canonical.normalize('NFKC').toLowerCase();
}
