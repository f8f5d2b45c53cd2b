import { tokenize, type Term, type Token } from './tokenizer.ts';

/** A piece of a text. The pieces of a text, joined, are the text. */
export interface TextPart {
  readonly text: string;
  /** Whether the query found this piece. */
  readonly isMatch: boolean;
}

/** Whether a text with these tokens matches the term. */
export function matchesTerm(tokens: readonly Token[], { forms, parts }: Pick<Term, 'forms' | 'parts'>): boolean {
  const has = (wanted: readonly string[]) => tokens.some((token) => hasForm(token, wanted));
  return has(forms) || (parts.length > 0 && parts.every(has));
}

/** Divides a text at the words that the terms find. @param language the subtag: `de` */
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
  return wanted.some((form) => forms.includes(form) || partForms.includes(form));
}
