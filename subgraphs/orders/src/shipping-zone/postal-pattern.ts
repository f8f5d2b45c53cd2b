import { canonicalPostalCode } from '@souk/kit/postal';

/**
 * A parsed postal pattern. Postal codes and patterns are compared in upper case, without spaces and hyphens.
 *
 * | pattern | matches |
 * |---|---|
 * | `10115` | this postal code |
 * | `35*` | codes that begin with 35 |
 * | `1?115` | any character instead of the question mark |
 * | `10000..19999` | codes of this length, from 10000 to 19999 |
 * | `AB31..AB38*` | codes that begin with AB31 to AB38 |
 */
export interface PostalPattern {
  /** The pattern in the form in which it is stored. */
  readonly text: string;
  /** The pattern as an operand of SQL's `like`. */
  readonly like: string;
  /** The inclusive bounds of a range. Null when the pattern is not a range. */
  readonly range: { readonly from: string; readonly to: string } | null;
  /** The number of characters that are not placeholders. Of several matching patterns, the pattern with the highest number applies. */
  readonly fixed: number;
  /** Whether the pattern matches codes of one length only. */
  readonly isWhole: boolean;
  /** Whether the pattern is a single postal code. */
  readonly isCode: boolean;
}

export const POSTAL_PATTERN_PROBLEMS = ['FORMAT', 'NOTHING_FIXED', 'RANGE_LENGTH', 'RANGE_ORDER'] as const;
/**
 * Why a pattern is invalid. FORMAT: it has a wrong character or more than 20 characters. NOTHING_FIXED: it consists of question marks only.
 * RANGE_LENGTH: the bounds have different lengths. RANGE_ORDER: the upper bound comes before the lower bound.
 */
export type PostalPatternProblem = (typeof POSTAL_PATTERN_PROBLEMS)[number];

const RANGE = /^([A-Z0-9]{1,20})\.\.([A-Z0-9]{1,20})(\*?)$/;
const SINGLE = /^([A-Z0-9?]{1,20})(\*?)$/;

/** Parses a pattern that staff entered. Returns the problem when the pattern is invalid. */
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
