import { tokenize, type Term, type Token } from './tokenizer.ts';

/** A piece of a text. All pieces joined are the whole text. */
export interface TextPart {
  readonly text: string;
  /** Whether this piece matches the query. */
  readonly isMatch: boolean;
}

/** Whether a text with these tokens matches the term. */
export function matchesTerm(tokens: readonly Token[], { forms, parts }: Pick<Term, 'forms' | 'parts'>): boolean {
  const has = (wanted: readonly string[]) => tokens.some((token) => hasForm(token, wanted));
  return has(forms) || (parts.length > 0 && parts.every(has));
}

/** Splits a text into matching and other pieces. @param language the language subtag, such as `de` */
export function highlight(text: string, terms: readonly Term[], language: string): TextPart[] {
  const wanted = terms.flatMap(({ forms, parts }) => [...forms, ...parts.flat()]);
  const found = tokenize(text, language).filter((token) => hasForm(token, wanted));
  const parts: TextPart[] = [];
  let end = 0;
  for (const token of found) {
    parts.push({ text: text.slice(end, token.start), isMatch: false });
    parts.push({ text: text.slice(token.start, token.end), isMatch: true });
    end = token.end;
  }
  parts.push({ text: text.slice(end), isMatch: false });
  return parts.filter((part) => part.text !== '');
}

function hasForm({ forms, partForms }: Token, wanted: readonly string[]): boolean {
  const has = (form: string) =>
    form.endsWith('*')
      ? [...forms, ...partForms].some((own) => own.startsWith(form.slice(0, -1)))
      : forms.includes(form) || partForms.includes(form);
  return wanted.some(has);
}

/** The number of characters that an excerpt shows before and after its first match. */
const BEFORE_MATCH = 60;
const AFTER_MATCH = 140;

/** Shortens a text to an excerpt around its first match. An ellipsis marks removed text. */
export function excerpt(parts: readonly TextPart[]): TextPart[] {
  const first = parts.findIndex(({ isMatch }) => isMatch);
  if (first === -1) return [...parts];
  const before = parts[first - 1]?.text ?? '';
  const kept =
    before.length > BEFORE_MATCH ? [{ text: `…${lastWords(before)}`, isMatch: false }] : parts.slice(0, first);
  let room = AFTER_MATCH;
  for (const part of parts.slice(first)) {
    if (room <= 0) break;
    const isCut = part.text.length > room;
    kept.push(isCut ? { ...part, text: `${firstWords(part.text, room)}…` } : part);
    room -= part.text.length;
  }
  return kept;
}

const lastWords = (text: string) => text.slice(-BEFORE_MATCH).replace(/^\S*\s/, '');
const firstWords = (text: string, length: number) => text.slice(0, length).replace(/\s\S*$/, '');
