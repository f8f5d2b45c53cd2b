import { numberOf } from './exact-numbers.ts';

/** JavaScript cannot represent every number with this many digits. */
const LONG = 16;

/**
 * Parses JSON like `JSON.parse`, but keeps numbers that JavaScript cannot represent (`ExactNumber`). A reviver makes parsing five times
 * slower, so it runs only for texts with a long number.
 * @throws SyntaxError when the text is not JSON
 */
export function readJson(text: string): unknown {
  if (!hasLongNumber(text)) return JSON.parse(text);
  return JSON.parse(text, keepExact);
}

/** A reviver for `JSON.parse` that keeps numbers exact. TypeScript does not know ECMAScript's third argument yet. */
export function keepExact(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' && context?.source !== undefined ? numberOf(context.source) : value;
}

/**
 * Whether the text may have a number with 16 digits or more. Tests every 16th character, because each such number contains at least one of
 * the tested characters. A number within quotes may match too. Such a match costs time but does not change the result.
 */
export function hasLongNumber(text: string): boolean {
  let at = LONG - 1;
  while (at < text.length) {
    if (isOfNumber(text.charCodeAt(at))) {
      const end = endOfNumber(text, at);
      const first = firstOfNumber(text, at);
      // Digits after a quote are the start of a string, such as an id or a time.
      if (end - first >= LONG && text.charCodeAt(first - 1) !== QUOTE) return true;
      at = end; // each digit is visited once
    }
    at += LONG;
  }
  return false;
}

function firstOfNumber(text: string, at: number): number {
  let first = at;
  while (first > 0 && isOfNumber(text.charCodeAt(first - 1))) first -= 1;
  return first;
}

function endOfNumber(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && isOfNumber(text.charCodeAt(end))) end += 1;
  return end;
}

const [POINT, ZERO, NINE, QUOTE] = [0x2e, 0x30, 0x39, 0x22];

function isOfNumber(code: number): boolean {
  return (code >= ZERO && code <= NINE) || code === POINT;
}
