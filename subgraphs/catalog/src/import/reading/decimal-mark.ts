import { err, ok, type DecimalString, type Result } from '@souk/kit/domain';

/** The character between the whole units and the decimal places. */
export const DECIMAL_MARKS = ['.', ','] as const;
export type DecimalMark = (typeof DECIMAL_MARKS)[number];

const AMOUNT = /^\d{1,3}(?:([.,' \u00a0\u202f’])\d{3})*(?:[.,]\d+)?$|^\d+(?:[.,]\d+)?$/;

/**
 * Detects the decimal mark of a column of amounts. `1.234,50` and `12,5` have a comma. `1,234.50` and `12.5` have a point. `1.234` is
 * ambiguous: it may mean one thousand, or have three decimal places.
 * @returns null when every amount is ambiguous, or when amounts have different marks
 */
export function detectDecimalMark(amounts: readonly string[]): DecimalMark | null {
  const proven = new Set(amounts.flatMap((amount) => markOf(amount.trim()) ?? []));
  const [mark = null] = proven;
  return proven.size === 1 ? mark : null;
}

function markOf(amount: string): DecimalMark | null {
  if (!AMOUNT.test(amount)) return null;
  const marks = amount.match(/[.,]/g) ?? [];
  const last = marks.at(-1);
  if (last === undefined) return null;
  const decimals = amount.length - amount.lastIndexOf(last) - 1;
  const isOnly = marks.filter((each) => each === last).length === 1;
  if (!isOnly) return last === '.' ? ',' : '.'; // 1.234.567: a mark that occurs twice separates groups
  const separatesNothing = decimals !== 3 || new Set(marks).size > 1 || /^0[.,]/.test(amount);
  const groups = /^\d{4,}[.,]/.test(amount);
  return separatesNothing || groups ? (last === '.' ? '.' : ',') : null;
}

/**
 * Reads an amount as a decimal number, without thousands separators.
 * @param mark null when it is unknown. An ambiguous amount such as `1.234` is then refused.
 */
export function amountOf(text: string, mark: DecimalMark | null): Result<DecimalString, 'NO_AMOUNT' | 'AMBIGUOUS'> {
  const amount = text.trim();
  if (/^\d+$/.test(amount)) return ok(amount);
  if (!AMOUNT.test(amount)) return err('NO_AMOUNT');
  const known = mark ?? markOf(amount);
  if (known === null) return err('AMBIGUOUS');
  const [whole = '', ...fractions] = amount.split(known);
  const digits = whole.replaceAll(/[.,' \u00a0\u202f’]/g, '');
  const [fraction] = fractions;
  if (fractions.length > 1 || !/^\d+$/.test(digits) || (fraction !== undefined && !/^\d+$/.test(fraction)))
    return err('NO_AMOUNT');
  // A thousands separator is followed by groups of three digits. With a decimal comma, `1.23` is therefore not a number.
  if (!/^\d+$/.test(whole) && !/^\d{1,3}(?:[.,' \u00a0\u202f’]\d{3})+$/.test(whole)) return err('NO_AMOUNT');
  return ok(fraction === undefined ? digits : `${digits}.${fraction}`);
}
