import type { Direction } from './visual-runs.ts';

/** The style of a text. Lengths are in points (1/72 inch). */
export interface TextStyle {
  readonly size: number;
  readonly isBold: boolean;
  /** `#rrggbb` */
  readonly color: string;
}

/** A text or a filled rectangle on a page. `x` and `y` are its top left corner. */
export type Mark =
  | { readonly kind: 'TEXT'; readonly text: string; readonly x: number; readonly y: number; readonly style: TextStyle }
  | {
      readonly kind: 'RULE';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly color: string;
    };

export type Page = readonly Mark[];

/** Returns the width of a line of text in points. */
export type Measure = (line: string, style: TextStyle) => number;

/** A4 in points. */
export const PAGE = { width: 595.28, height: 841.89, margin: 50 } as const;
export const CONTENT_WIDTH = PAGE.width - 2 * PAGE.margin;

/** The alignment of a text in its box. In right-to-left languages START is the right side. */
export type Align = 'START' | 'END';

export interface Box {
  /** The distance from the left margin, or from the right margin in right-to-left languages. */
  readonly start: number;
  readonly width: number;
  readonly align?: Align;
}

/** Breaks a text into lines that fit. A single word that is too long is broken too. */
export function wrap(text: string, width: number, measure: (line: string) => number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.split(' ').flatMap((each) => cut(each, width, measure))) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line === '' || measure(longer) <= width) line = longer;
      else {
        lines.push(line);
        line = word;
      }
    }
    return [...lines, line];
  });
}

function cut(word: string, width: number, measure: (line: string) => number): string[] {
  if (measure(word) <= width) return [word];
  const parts: string[] = [];
  let part = '';
  for (const char of word) {
    if (part !== '' && measure(part + char) > width) {
      parts.push(part);
      part = '';
    }
    part += char;
  }
  return [...parts, part];
}

/** The x coordinate at which a text starts, by alignment and writing direction. */
export function leftOf({ start, width, align = 'START' }: Box, textWidth: number, direction: Direction): number {
  const rest = align === 'START' ? 0 : width - textWidth;
  return direction === 'ltr' ? PAGE.margin + start + rest : PAGE.width - PAGE.margin - start - textWidth - rest;
}
