import bidiFactory from 'bidi-js';

export type Direction = 'ltr' | 'rtl';

export type Script = 'ARABIC' | 'LATIN';

/** A part of a line that one font draws. `text` is in the order that fontkit expects: Arabic script in reverse of the drawn order. */
export interface VisualRun {
  readonly text: string;
  readonly font: Script;
}

// Node's default import is the function itself. The types describe the import of a bundler.
const bidi = (bidiFactory as unknown as typeof bidiFactory.default)();
const ARABIC = /[\p{Script_Extensions=Arabic}\u200c\u200d]/u;
/** Marks that only tell the direction. Fonts would draw them as boxes. */
const INVISIBLE = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Splits a line into parts, from left to right as they are drawn (Unicode Standard Annex #9, L1 to L4).
 * @param direction the direction of the page
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
  // fontkit reverses everything in Arabic script when it shapes, also numbers, so these parts return to the order that it expects.
  return runs.map(({ text, font }) => ({ font, text: font === 'ARABIC' ? reversed(text) : text }));
}

function reversed(text: string): string {
  return Array.from(text).reverse().join('');
}
