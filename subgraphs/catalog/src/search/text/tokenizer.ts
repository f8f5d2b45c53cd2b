import { fold, lowerCase } from './fold.ts';
import { languageRules, type LanguageRules } from './language.ts';
import { QUANTITY, quantityForms } from './measure.ts';

/** A word, part number or measure of a text. */
export interface Token {
  /** Position of the first character in the text, in UTF-16 code units. */
  readonly start: number;
  /** Position behind the last character. */
  readonly end: number;
  /** The forms of the whole. A query that has one of them finds the text. */
  readonly forms: readonly string[];
  /** The forms of its parts: of a part number, a size or a compound. They find the text too, and count less. */
  readonly partForms: readonly string[];
  /** The word in lower case, for suggestions and corrections. Null for numbers, measures and part numbers. */
  readonly word: string | null;
}

/** A word, part number or measure of a query. A text matches when it has one of the forms, or all forms of `parts`. */
export interface Term {
  /** A form that ends with `*` stands for every form that begins with it. */
  readonly forms: readonly string[];
  /** The parts of a part number whose separators the text may write as spaces. Empty when the term has one part. */
  readonly parts: readonly (readonly string[])[];
  readonly word: string | null;
  /** Whether the term is a word such as "the", which a text does not have to have. */
  readonly isStopWord: boolean;
  readonly start: number;
  readonly end: number;
}

/** Letters and digits that single separators join: `SKU-1234/56-AB`, `T-Shirt`, `men's`. */
const CHUNK = String.raw`[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:[-‐‑–_/.+&#:'’][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*`;
const SCANNED = new RegExp(`(${QUANTITY})|${CHUNK}`, 'giu');
const SEPARATORS = /[-‐‑–_/.+&#:'’]/;
const PIECES = /\p{N}+|[\p{L}\p{M}]+/gu;
/** A part number with more pieces is found by each piece, by neighbors and as a whole. Eight pieces have 36 sequences. */
const MAX_PIECES = 8;
/** Digits or letters that no separator sets apart are found alone from this length on: `1234` in `AB1234`, but not `8` in `M8`. */
const MIN_PIECE = 3;
/** The lengths of a compound, and of its shortest last part. */
const MIN_COMPOUND = 8;
const MIN_COMPOUND_PART = 4;

/** The words, part numbers and measures of a text, with everything by which a query finds them. @param language the subtag: `de` */
export function tokenize(text: string, language: string): Token[] {
  const rules = languageRules(language);
  return scan(text).map((found) => tokenOf(found, rules));
}

/** The terms of a query, in its order. @param language the subtag: `de` */
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

/** The form that stands for every form that begins with this one: "baumwoll" finds "Baumwollhemd". */
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

/** A run of letters or of digits inside of a part number. */
interface Piece {
  readonly text: string;
  /** Whether separators or the ends of the part number set it apart on both sides. */
  readonly isApart: boolean;
}

function piecesOf(chunk: string): Piece[] {
  return chunk.split(SEPARATORS).flatMap((section) => {
    const found = section.match(PIECES) ?? [];
    return found.map((text) => ({ text, isApart: found.length === 1 }));
  });
}

const joined = (pieces: readonly Piece[]) => pieces.map(({ text }) => text).join('');

/** Every sequence of neighbors, so that a part number is found by any section of it. */
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

/** The maximum length of a word in UTF-16 units. Longer words are cut before stemming. */
const MAX_FORM = 100;

/** The stems of a word, with and without its accents: a buyer may leave them out, and the stemmer then sees another word. */
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
