import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isSlug, slugFrom } from './slug.ts';

test.each([
  ['Cotton Shirt', 'cotton-shirt'],
  ['  Café “Noir”, 250 g ', 'cafe-noir-250-g'],
  ['Straße & Øl', 'strasse-ol'],
  ["Men's Socks", 'mens-socks'],
])('the slug of %s is %s', (name, slug) => {
  expect(slugFrom(name)).toBe(slug);
});

test.each([
  ['Лампа настольная', 'lampa-nastolnaya'],
  ['台灯', 'taideng'],
  ['مصباح مكتب', 'msbh-mktb'],
  ['İstanbul', 'istanbul'],
  ['e\u0301te\u0301', 'ete'],
])('the letters of "%s" are transliterated', (name, slug) => {
  expect(slugFrom(name)).toBe(slug);
});

test('a name of punctuation only has no slug', () => {
  expect(slugFrom('!!!')).toBeNull();
});

test('a slug from a name leaves room for a number', () => {
  expect(isSlug(`${slugFrom('a'.repeat(300))}-1000`)).toBe(true);
});

test('the slug of any name is valid', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (name) => isSlug(slugFrom(name) ?? 'none')));
});

test.each(['Upper', 'two--dashes', '-edge', 'edge-', '', 'with space', 'a'.repeat(256)])(
  '"%s" is not a slug',
  (text) => {
    expect(isSlug(text)).toBe(false);
  },
);
