import { canonicalPostalCode } from '@souk/kit/postal';

/**
 * A postal pattern in the form in which addresses are looked up. Postal codes and patterns are compared in capitals, without spaces and
 * hyphens.
 *
 * | pattern | matches |
 * |---|---|
 * | `10115` | this postal code |
 * | `35*` | codes that begin with 35 |
 * | `1?115` | any character in place of the question mark |
 * | `10000..19999` | codes of this length from the first to the last |
 * | `AB31..AB38*` | codes whose beginning is from the first to the last |
 */
export interface PostalPattern {
  /** The pattern in its stored form. */
  readonly text: string;
  /** A pattern of SQL's `like`. */
  readonly like: string;
  /** The bounds of a range, both included. Null: no range. */
  readonly range: { readonly from: string; readonly to: string } | null;
  /** The number of characters that the pattern fixes. A pattern with more is more specific. */
  readonly fixed: number;
  /** Whether the pattern fixes the length of the code. */
  readonly isWhole: boolean;
  /** Whether the pattern is one postal code. */
  readonly isCode: boolean;
}

export const POSTAL_PATTERN_PROBLEMS = ['FORMAT', 'NOTHING_FIXED', 'RANGE_LENGTH', 'RANGE_ORDER'] as const;
/**
 * A problem of a pattern. FORMAT: another character, or more than 20. NOTHING_FIXED: only question marks. RANGE_LENGTH: the bounds have
 * different lengths. RANGE_ORDER: the last comes before the first.
 */
export type PostalPatternProblem = (typeof POSTAL_PATTERN_PROBLEMS)[number];

const RANGE = /^([A-Z0-9]{1,20})\.\.([A-Z0-9]{1,20})(\*?)$/;
const SINGLE = /^([A-Z0-9?]{1,20})(\*?)$/;

/** Reads a pattern as staff enter it. */
export function readPostalPattern(entered: string): PostalPattern | PostalPatternProblem {
  const text = canonicalPostalCode(entered);
  const range = RANGE.exec(text);
  if (range) return readRange(text, range);
  const [, body = '', star = ''] = SINGLE.exec(text) ?? [];
  if (body === '') return 'FORMAT';
  const fixed = body.replaceAll('?', '').length;
  if (fixed === 0) return 'NOTHING_FIXED';
  const isWhole = star === '';
  const like = body.replaceAll('?', '_') + (isWhole ? '' : '%');
  return { text, like, range: null, fixed, isWhole, isCode: isWhole && fixed === body.length };
}

function readRange(text: string, [, from = '', to = '', star = '']: RegExpExecArray) {
  if (from.length !== to.length) return 'RANGE_LENGTH';
  if (to < from) return 'RANGE_ORDER';
  const differs = Array.from(from).findIndex((character, index) => character !== to[index]);
  const fixed = differs < 0 ? from.length : differs;
  const like = '_'.repeat(from.length) + (star === '' ? '' : '%');
  return { text, like, range: { from, to }, fixed, isWhole: star === '', isCode: false };
}
