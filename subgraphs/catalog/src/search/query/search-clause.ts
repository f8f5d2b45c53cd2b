import { REFERENCE } from '../document/search-document.ts';
import { queryTerms, type Term } from '../text/tokenizer.ts';

/**
 * Alternative forms of a word. A product must contain at least one form. A form that ends with `*` matches every form
 * that begins with it.
 */
export type AnyForm = readonly string[];

/** Alternatives of which a product must satisfy at least one. To satisfy an alternative, a product must satisfy each of its `AnyForm`s. */
export type SearchClause = readonly (readonly AnyForm[])[];

/** Groups of phrases that have the same meaning. */
export type Synonyms = readonly (readonly string[])[];

/** The maximum number of words in a query. Further words are ignored. */
const MAX_TERMS = 20;

/** The terms of a query that a product must match. Stop words are left out unless the query has no other words. */
export function requiredTerms(query: string, language: string): Term[] {
  const all = queryTerms(query, language).slice(0, MAX_TERMS);
  const required = all.filter(({ isStopWord }) => !isStopWord);
  return required.length > 0 ? required : all;
}

/** The properties of a search that decide which products a word finds. */
export interface SearchView {
  readonly language: string;
  readonly synonyms: Synonyms;
  /** Staff also find drafts, and products by their external reference. */
  readonly isStaff: boolean;
}

/**
 * The clauses of a query, all of which a product must satisfy. A phrase with synonyms becomes one clause with an alternative per synonym.
 */
export function searchClauses(terms: readonly Term[], { language, synonyms, isStaff }: SearchView): SearchClause[] {
  const groups = synonyms.map((phrases) =>
    phrases.map((phrase) => queryTerms(phrase, language)).filter((phrase) => phrase.length > 0),
  );
  const clauses: SearchClause[] = [];
  for (let at = 0; at < terms.length;) {
    const { alternatives, length } = longestSynonym(groups, terms, at);
    const own = terms.slice(at, at + length);
    clauses.push([own, ...alternatives].flatMap((phrase) => alternativesOf(phrase, isStaff)));
    at += length;
  }
  return clauses;
}

/**
 * Finds the longest synonym phrase that begins at a term.
 * @returns the other phrases of the synonym group, and the number of terms in the found phrase
 */
function longestSynonym(groups: readonly Term[][][], terms: readonly Term[], at: number) {
  let found: { alternatives: readonly (readonly Term[])[]; length: number } = { alternatives: [], length: 1 };
  let longest = 0;
  for (const group of groups) {
    for (const phrase of group) {
      if (phrase.length <= longest || !startsWith(terms, at, phrase)) continue;
      longest = phrase.length;
      found = { alternatives: group.filter((other) => other !== phrase), length: phrase.length };
    }
  }
  return found;
}

function startsWith(terms: readonly Term[], at: number, phrase: readonly Term[]): boolean {
  return phrase.every((term, index) => terms[at + index]?.forms.some((form) => term.forms.includes(form)));
}

function alternativesOf(phrase: readonly Term[], isStaff: boolean): AnyForm[][] {
  const [only] = phrase;
  const whole = phrase.map(({ forms }) => (isStaff ? withReferences(forms) : forms));
  return [[...whole], ...(only && phrase.length === 1 && only.parts.length > 0 ? [[...only.parts]] : [])];
}

const withReferences = (forms: AnyForm): AnyForm => [...forms, ...forms.map((form) => REFERENCE + form)];
