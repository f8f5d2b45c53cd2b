/** A number as its JSON text. `JSON.stringify` writes the text as a number. */
export interface ExactNumber {
  readonly rawJSON: string;
}

// "JSON.parse source text access" is part of ECMAScript, but TypeScript's libraries do not declare it yet.
declare global {
  interface JSON {
    rawJSON(text: string): ExactNumber;
    isRawJSON(value: unknown): value is ExactNumber;
    parse(
      text: string,
      reviver: (this: unknown, name: string, value: unknown, context: { readonly source?: string }) => unknown,
    ): unknown;
  }
}

/** The number of decimal digits that a JavaScript number always represents exactly. */
const SAFE_DIGITS = 15;
const NUMBER = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/**
 * Parses the number of a JSON text.
 * @returns a JavaScript number when it has the same value, otherwise an exact number
 */
export function numberOf(text: string): number | ExactNumber {
  const value = Number(text);
  return hasValueOf(text, value) ? value : JSON.rawJSON(text);
}

/** Whether a value is a number that JavaScript cannot represent. */
export function isExactNumber(value: unknown): value is ExactNumber {
  return JSON.isRawJSON(value);
}

/** Whether a value is a JSON object: not a list, and not an exact number. */
export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !JSON.isRawJSON(value);
}

/** The value with the nearest JavaScript numbers instead of exact numbers. Returns the same object when it contains no exact numbers. */
export function withNearestNumbers<Value>(value: Value): Value;
export function withNearestNumbers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isExactNumber(value)) return Number(value.rawJSON);
  if (Array.isArray(value)) {
    const items = value.map((each: unknown) => withNearestNumbers(each));
    return items.some((each, index) => each !== value[index]) ? items : value;
  }
  const entries = Object.entries(value).map(([name, each]) => [name, withNearestNumbers(each), each] as const);
  if (entries.every(([, nearest, each]) => nearest === each)) return value;
  return Object.fromEntries(entries);
}

function hasValueOf(text: string, value: number): boolean {
  const written = significantDigits(text);
  if (written.digits.length <= SAFE_DIGITS && Number.isFinite(value) && (value !== 0 || written.digits === '')) {
    return true;
  }
  const kept = significantDigits(String(value));
  return kept.digits === written.digits && kept.exponent === written.exponent;
}

/** The digits without leading and trailing zeros, and the power of ten of the last digit. */
function significantDigits(text: string): { readonly digits: string; readonly exponent: number } {
  const [, whole = '', fraction = '', power = '0'] = NUMBER.exec(text) ?? [];
  const all = `${whole}${fraction}`;
  // Loops instead of a regular expression, because /0+$/ takes hours for a million zeros before a one.
  let [first, end] = [0, all.length];
  while (all[first] === '0') first += 1;
  while (end > first && all[end - 1] === '0') end -= 1;
  const digits = all.slice(first, end);
  return { digits, exponent: digits === '' ? 0 : Number(power) - fraction.length + (all.length - end) };
}
