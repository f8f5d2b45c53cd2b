import bidiFactory from 'bidi-js';

export type Direction = 'ltr' | 'rtl';

export type Script = 'ARABIC' | 'LATIN';

/**
 * A run of characters in one font. `text` is in visual order, from left to right. Only Arabic script is reversed, because fontkit expects
 * that order.
 */
export interface VisualRun {
  readonly text: string;
  readonly font: Script;
}

// In Node the default import is the function itself. The package's types describe the import of a bundler.
const bidi = (bidiFactory as unknown as typeof bidiFactory.default)();
const ARABIC = /[\p{Script_Extensions=Arabic}\u200c\u200d]/u;
/** Unicode characters that control the text direction. Fonts would draw them as boxes. */
const INVISIBLE = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Splits a line into runs of one font and direction, from left to right (Unicode Standard Annex #9, rules L1 to L4).
 * @param direction the base direction of the page
 */
export function visualRuns(line: string, direction: Direction): VisualRun[] {
  const levels = bidi.getEmbeddingLevels(line, direction);
  const mirrored = bidi.getMirroredCharactersMap(line, levels.levels);
  const order = bidi.getReorderedIndices(line, levels);
  const runs: (VisualRun & { readonly isRtl: boolean })[] = [];
  for (const index of order) {
    const char = (mirrored.get(index) ?? line[index] ?? '').replace(INVISIBLE, '');
    if (char === '') continue;
    const font: Script = ARABIC.test(char) ? 'ARABIC' : 'LATIN';
    const isRtl = ((levels.levels[index] ?? 0) & 1) === 1;
    const last = runs.at(-1);
    if (last?.font === font && last.isRtl === isRtl) runs[runs.length - 1] = { ...last, text: last.text + char };
    else runs.push({ text: char, font, isRtl });
  }
  // fontkit reverses runs in Arabic script when it shapes them, including digits. Reversing the text here cancels that.
  return runs.map(({ text, font }) => ({ font, text: font === 'ARABIC' ? reversed(text) : text }));
}

function reversed(text: string): string {
  return Array.from(text).reverse().join('');
}
