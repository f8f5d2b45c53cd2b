import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { highlight, matchesTerm } from './highlight.ts';
import { queryTerms, tokenize } from './tokenizer.ts';

const DOCUMENT = new URL('../../../../../docs/search.md', import.meta.url);

/** The rows of the table in docs/search.md: each has a text, queries that find it, and queries that do not. */
const vectors = readFileSync(DOCUMENT, 'utf8')
  .split('<!-- vectors -->')[1]
  ?.split('\n\n')[0]
  ?.split('\n')
  .filter((line) => line.startsWith('|'))
  .slice(2)
  .map((line) => {
    const [language = '', text = '', found = '', missed = ''] = line
      .split(' | ')
      .map((cell) => cell.replace(/^\| | \|$/g, ''));
    return { language, text, found: queriesOf(found), missed: queriesOf(missed) };
  });

function queriesOf(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, query = '']) => query);
}

function finds(text: string, query: string, language: string): boolean {
  const tokens = tokenize(text, language);
  const terms = queryTerms(query, language);
  return terms.length > 0 && terms.every((term) => matchesTerm(tokens, term));
}

test('the table of the documentation has rows', () => {
  expect(vectors?.length).toBeGreaterThan(15);
});

describe.each(vectors ?? [])('$language "$text"', ({ language, text, found, missed }) => {
  test.each(found)('is found by %s', (query) => expect(finds(text, query, language)).toBe(true));
  test.each(missed)('is not found by %s', (query) => expect(finds(text, query, language)).toBe(false));
});

const languages = fc.constantFrom('en', 'de', 'fr', 'ar', 'ja', 'xx');
const piece = fc.stringMatching(/^([A-Z]{1,5}|[0-9]{3,6})$/);
const partNumber = fc.tuple(fc.array(piece, { minLength: 2, maxLength: 6 }), fc.constantFrom('-', '/', '_', '.'));

test('every text finds itself, in every language', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), languages, (text, language) => {
      fc.pre(queryTerms(text, language).length > 0);
      expect(finds(text, text, language)).toBe(true);
    }),
  );
});

test('a part number is found whole, without separators, and by each section', () => {
  fc.assert(
    fc.property(partNumber, languages, ([pieces, separator], language) => {
      const text = `Bracket ${['SKU', ...pieces].join(separator)} steel`;
      expect(finds(text, ['SKU', ...pieces].join(separator), language)).toBe(true);
      expect(finds(text, ['SKU', ...pieces].join(''), language)).toBe(true);
      for (const each of pieces) expect(finds(text, each, language)).toBe(true);
    }),
  );
});

test('letter case and accents make no difference to a word', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-zàâäéèêëîïôöûüç]{2,12}$/), languages, (word, language) => {
      expect(finds(word, word.toUpperCase(), language)).toBe(true);
      expect(finds(word, word.normalize('NFD').replace(/\p{Mn}/gu, ''), language)).toBe(true);
    }),
  );
});

test('a decimal comma and a decimal point are the same number', () => {
  fc.assert(
    fc.property(fc.nat(9999), fc.stringMatching(/^[0-9]{1,2}$/), (whole, decimals) => {
      expect(finds(`Rope ${whole},${decimals} kg`, `${whole}.${decimals}kg`, 'en')).toBe(true);
    }),
  );
});

test('tokens have the positions of their text, in order and apart', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
      let end = 0;
      for (const token of tokenize(text, 'en')) {
        expect(token.start).toBeGreaterThanOrEqual(end);
        expect(token.end).toBeGreaterThan(token.start);
        end = token.end;
      }
      expect(end).toBeLessThanOrEqual(text.length);
    }),
  );
});

test('highlighted parts are the whole text, with the found words marked', () => {
  expect(highlight('Cotton T-Shirt, white', queryTerms('shirts white', 'en'), 'en')).toEqual([
    { text: 'Cotton ', isMatch: false },
    { text: 'T-Shirt', isMatch: true },
    { text: ', ', isMatch: false },
    { text: 'white', isMatch: true },
  ]);
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 20 }), (text, query) => {
      const parts = highlight(text, queryTerms(query, 'en'), 'en');
      expect(parts.map((part) => part.text).join('')).toBe(text);
    }),
  );
});

test('stop words are marked, and part numbers are no words', () => {
  const terms = queryTerms('shirt for the M8', 'en');
  expect(terms.map(({ isStopWord }) => isStopWord)).toEqual([false, true, true, false]);
  expect(terms.map(({ word }) => word)).toEqual(['shirt', 'for', 'the', null]);
});
