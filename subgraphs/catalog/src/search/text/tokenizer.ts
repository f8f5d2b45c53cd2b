import { fold, lowerCase } from './fold.ts';
import { languageRules, type LanguageRules } from './language.ts';
import { QUANTITY, quantityForms } from './measure.ts';

/** A word, part number or measure in a text, with the forms by which queries find it. */
export interface Token {
  /** The position of the first character, in UTF-16 code units. */
  readonly start: number;
  /** The position after the last character. */
  readonly end: number;
  /**
   * The normalized forms of the whole token, such as the stem. A query with one of these forms finds the text that
   * contains the token.
   */
  readonly forms: readonly string[];
  /**
   * The forms of the token's parts: pieces of a part number, numbers of a size, endings of a compound. A query with one of these forms also
   * finds the text, with a lower weight.
   */
  readonly partForms: readonly string[];
  /** The word in lower case, for suggestions and corrections. Null when the token is not a word. */
  readonly word: string | null;
}

/** A word, part number or measure in a query. A text matches when it has one of `forms`, or one form of each of `parts`. */
export interface Term {
  /** A form that ends with `*` matches every form that begins with it. */
  readonly forms: readonly string[];
  /**
   * The pieces of a part number, each with its forms. A text may have spaces between the pieces. Empty when the term has only one piece.
   */
  readonly parts: readonly (readonly string[])[];
  readonly word: string | null;
  /** Whether the term is a word such as "the", which a text does not have to contain. */
  readonly isStopWord: boolean;
  readonly start: number;
  readonly end: number;
}

/** Matches letters and digits, joined by single separators: `SKU-1234/56-AB`, `T-Shirt`, `men's`. */
const CHUNK = String.raw`[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:[-‐‑–_/.+&#:'’][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*`;
const SCANNED = new RegExp(`(${QUANTITY})|${CHUNK}`, 'giu');
const SEPARATORS = /[-‐‑–_/.+&#:'’]/;
const PIECES = /\p{N}+|[\p{L}\p{M}]+/gu;
/**
 * Part numbers with at most this number of pieces are found by every sequence of pieces. Eight pieces have 36 sequences. In longer part
 * numbers, only single pieces, pairs of pieces and the complete part number are indexed.
 */
const MAX_PIECES = 8;
/**
 * The minimum length of a piece that has no separators around it, such as `1234` in `AB1234`. Shorter pieces, such as `8` in `M8`, are not
 * found alone.
 */
const MIN_PIECE = 3;
/** The minimum length of a compound, and of the last part by which it is found. */
const MIN_COMPOUND = 8;
const MIN_COMPOUND_PART = 4;

/** Tokenizes a text into words, part numbers and measures. @param language the language subtag, such as `de` */
export function tokenize(text: string, language: string): Token[] {
  const rules = languageRules(language);
  return scan(text).map((found) => tokenOf(found, rules));
}

/** Tokenizes a query, in the order of its words. @param language the language subtag, such as `de` */
export function queryTerms(query: string, language: string): Term[] {
  const rules = languageRules(language);
  return scan(query).map((found) => {
    const { start, end, forms, word } = tokenOf(found, rules);
    const sections = found.isQuantity ? [] : found.text.split(SEPARATORS);
    const parts = sections.length > 1 ? sections.map((section) => wordForms(section, rules)) : [];
    const isBeginning = rules.hasCompounds && word !== null && word.length >= MIN_COMPOUND_PART;
    return {
      start,
      end,
      forms: isBeginning ? [...forms, ...forms.map(asBeginning)] : forms,
      word,
      parts,
      isStopWord: word !== null && rules.stopWords.has(word),
    };
  });
}

/** A form that matches every form with this beginning: "baumwoll" finds "Baumwollhemd". */
export const asBeginning = (form: string) => `${form}*`;

interface Found {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly isQuantity: boolean;
}

function scan(text: string): Found[] {
  return [...text.matchAll(SCANNED)].map((match) => {
    const [found, quantity] = match;
    return { text: found, start: match.index, end: match.index + found.length, isQuantity: quantity !== undefined };
  });
}

function tokenOf({ text, start, end, isQuantity }: Found, rules: LanguageRules): Token {
  if (!isQuantity) return { start, end, ...chunkForms(text, rules) };
  const [whole = '', ...partForms] = quantityForms(text);
  return { start, end, forms: [whole], partForms, word: null };
}

function chunkForms(chunk: string, rules: LanguageRules): Pick<Token, 'forms' | 'partForms' | 'word'> {
  const pieces = piecesOf(chunk);
  const [only] = pieces;
  if (only && pieces.length === 1 && !/\p{N}/u.test(chunk)) {
    const forms = wordForms(chunk, rules);
    return { forms, partForms: rules.hasCompounds ? endingsOf(forms) : [], word: lowerCase(chunk) };
  }
  const forms = wordForms(joined(pieces), rules);
  const parts = new Set(sequencesOf(pieces).flatMap((sequence) => wordForms(joined(sequence), rules)));
  return { forms, partForms: [...parts].filter((part) => !forms.includes(part)), word: null };
}

/** Consecutive letters, or consecutive digits, inside a part number. */
interface Piece {
  readonly text: string;
  /** Whether the piece has a separator, or an end of the part number, on both sides. */
  readonly isApart: boolean;
}

function piecesOf(chunk: string): Piece[] {
  return chunk.split(SEPARATORS).flatMap((section) => {
    const found = section.match(PIECES) ?? [];
    return found.map((text) => ({ text, isApart: found.length === 1 }));
  });
}

const joined = (pieces: readonly Piece[]) => pieces.map(({ text }) => text).join('');

/** All sequences of adjacent pieces that are indexed for a part number. */
function sequencesOf(pieces: readonly Piece[]): Piece[][] {
  const longest = pieces.length > MAX_PIECES ? 2 : pieces.length;
  const all = pieces.flatMap((_, from) =>
    Array.from({ length: Math.min(longest, pieces.length - from) }, (_each, more) =>
      pieces.slice(from, from + more + 1),
    ),
  );
  return all.filter(
    ([first, second]) => second !== undefined || first?.isApart || (first?.text.length ?? 0) >= MIN_PIECE,
  );
}

/** The maximum length of a word in UTF-16 code units. Longer words are cut before they are stemmed. */
const MAX_FORM = 100;

/** The stems of a word with accents and without. A shopper may leave out accents, which changes the stem. */
function wordForms(word: string, rules: LanguageRules): string[] {
  const cut = word.slice(0, MAX_FORM);
  const forms = [fold(rules.stem(lowerCase(cut))), fold(rules.stem(fold(cut)))].filter((form) => form !== '');
  return forms.length === 0 ? [fold(cut)] : [...new Set(forms)];
}

/** The endings of a long word: "hemd" finds "Baumwollhemd". */
function endingsOf(forms: readonly string[]): string[] {
  return forms.flatMap((form) =>
    form.length < MIN_COMPOUND
      ? []
      : Array.from({ length: form.length - MIN_COMPOUND_PART - 2 }, (_, index) => form.slice(index + 3)),
  );
}
