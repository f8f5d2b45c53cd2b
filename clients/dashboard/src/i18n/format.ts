/** An amount as the API returns it. */
export interface Money {
  readonly amount: string;
  readonly currencyCode: string;
}

/** Formats money. Intl reads the decimal string exactly, without a conversion to a float. */
export function formatMoney({ amount, currencyCode }: Money, locale: string): string {
  const digits = amount.split('.')[1]?.length ?? 0;
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: currencyCode,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  // TypeScript's library does not declare that `format` accepts decimal strings (ECMA-402, 2023).
  return format.format(amount as unknown as number);
}

export function formatNumber(value: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(value);
}

/** Formats a time as "3 May 2026, 14:05", in the time zone of the browser. */
export function formatDateTime(iso: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));
}

export function formatDate(iso: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(iso));
}

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** Formats the age of a time: "2 minutes ago". An age below one minute is "now". @param now in milliseconds since 1970 */
export function formatAgo(iso: string, locale: string, now: number): string {
  const elapsed = Math.max(0, now - Date.parse(iso));
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  for (const [unit, ms] of UNITS) {
    if (elapsed >= ms) return format.format(-Math.floor(elapsed / ms), unit);
  }
  return format.format(0, 'second');
}

/** Adds amounts in one currency. The sum has as many decimal places as the longest amount. */
export function sumMoney(amounts: readonly string[]): string {
  const digits = Math.max(0, ...amounts.map((amount) => amount.split('.')[1]?.length ?? 0));
  const total = amounts.reduce((sum, amount) => sum + minorUnits(amount, digits), 0n);
  return decimal(total, digits);
}

/** Subtracts `other` from `one`. Both must have the same currency. */
export function subtractMoney(one: Money, other: Money): Money {
  const negated = other.amount.startsWith('-') ? other.amount.slice(1) : `-${other.amount}`;
  return { amount: sumMoney([one.amount, negated]), currencyCode: one.currencyCode };
}

/** Compares two amounts. Returns -1 when `one` is less than `other`, 0 when both are equal, and 1 otherwise. */
export function compareAmounts(one: string, other: string): number {
  const digits = Math.max(...[one, other].map((amount) => amount.split('.')[1]?.length ?? 0));
  const [a, b] = [minorUnits(one, digits), minorUnits(other, digits)];
  return a < b ? -1 : Number(a > b);
}

function minorUnits(amount: string, digits: number): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  return BigInt(`${whole}${fraction.padEnd(digits, '0')}`);
}

function decimal(units: bigint, digits: number): string {
  if (digits === 0) return String(units);
  const text = String(units < 0n ? -units : units).padStart(digits + 1, '0');
  return `${units < 0n ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/**
 * Parses an amount that a person typed: `12`, `12.5`, `12,50`. Null for anything else, and for more decimal places than
 * `digits`.
 */
export function readAmount(text: string, digits: number): string | null {
  const match = /^(\d{1,12})(?:[.,](\d+))?$/.exec(text.trim());
  if (!match) return null;
  const [, whole = '', fraction = ''] = match;
  if (fraction.length > digits) return null;
  return digits === 0 ? whole : `${whole}.${fraction.padEnd(digits, '0')}`;
}
