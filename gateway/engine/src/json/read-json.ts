import { numberOf } from './exact-numbers.ts';

/** Digits, with or without a point, from which on a number may be one that JavaScript cannot represent. */
const LONG = 16;

/**
 * As `JSON.parse`, but numbers that JavaScript cannot represent stay exact (`ExactNumber`). A reviver makes parsing five times as
 * slow, so it is used only for texts that have a long number.
 * @throws SyntaxError when the text is no JSON.
 */
export function readJson(text: string): unknown {
  if (!hasLongNumber(text)) return JSON.parse(text);
  return JSON.parse(text, keepExact);
}

/** A reviver for `JSON.parse` that keeps numbers exact. The context is ECMAScript's, which TypeScript does not know yet. */
export function keepExact(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' && context?.source !== undefined ? numberOf(context.source) : value;
}

/**
 * Whether a number of the text has 16 digits or more. It looks at each 16th character alone: one of them is in every such number.
 * Text within quotes may look like one, which costs time and changes nothing.
 */
export function hasLongNumber(text: string): boolean {
  let at = LONG - 1;
  while (at < text.length) {
    if (isOfNumber(text.charCodeAt(at))) {
      const end = endOfNumber(text, at);
      const first = firstOfNumber(text, at);
      // After a quote it is an id or a time, in a text.
      if (end - first >= LONG && text.charCodeAt(first - 1) !== QUOTE) return true;
      at = end; // each digit is looked at once, however many there are
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
