/** Characters that leave no mark, or change only what stands beside them: controls, joiners, fillers, the blank Braille pattern. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;

/**
 * The one form in which a text that identifies something is stored and looked up: NFC, spaces of every kind as single spaces and none at
 * the ends. Null for a text that is empty then, or holds an invisible character.
 */
export function canonicalText(text: string): string | null {
  const canonical = text
    .normalize('NFC')
    .replace(/\p{Zs}+/gu, ' ')
    .trim();
  return canonical === '' || INVISIBLE.test(canonical) ? null : canonical;
}

/** The form in which two canonical texts are compared: those that differ only by case or compatibility characters are equal. */
export function comparedText(canonical: string): string {
  return canonical.normalize('NFKC').toLowerCase();
}
