import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isJsonObject, numberOf, withNearestNumbers } from './exact-numbers.ts';
import { hasLongNumber, readJson } from './read-json.ts';

const again = (text: string) => JSON.stringify(readJson(text));

describe('a number keeps its digits', () => {
  test.each([
    '9223372036854775807',
    '-9223372036854775808',
    '9007199254740993',
    '0.12345678901234567890123',
    '-12345678.123456789012345',
    '1.2345678901234567890e25',
    '9007199254740993E-3',
    '123456789012345678901234567890',
  ])('%s, alone and within JSON', (text) => {
    for (const json of [text, `[1,${text},-2]`, `{"a":{"b":[${text}]},"c":"x"}`]) expect(again(json)).toBe(json);
    expect(again(`{ "a" :\n${text} }`)).toBe(`{"a":${text}}`);
  });

  test('at each position of a text', () => {
    for (let shift = 0; shift < 40; shift += 1) {
      const json = `{"${'n'.repeat(shift)}":9007199254740993}`;
      expect(again(json)).toBe(json);
    }
  });

  test('of any length', () => {
    const digits = fc.stringMatching(/^-?[1-9]\d{0,40}$/);
    fc.assert(fc.property(digits, (text) => again(`{"n":${text}}`) === `{"n":${text}}`));
  });
});

test.each([
  '1',
  '-0.5',
  '1e3',
  '9007199254740992',
  '0.30000000000000004',
  '1.00000000000000000000',
  '0.000000000000000001',
])('a number that JavaScript can represent becomes a JavaScript number: %s', (text) => {
  expect(readJson(text)).toBe(Number(text));
});

test('digits in strings are not long numbers', () => {
  expect(hasLongNumber('{"id":"12345678901234567890","at":"2026-01-01T00:00:00.000Z"}')).toBe(false);
  expect(readJson('"see 12345678901234567890"')).toBe('see 12345678901234567890');
});

test('a million digits, quoted or not, are read in linear time', () => {
  const digits = `1${'0'.repeat(1_000_000)}1`;
  expect(again(`[${digits},"${digits}"]`)).toBe(`[${digits},"${digits}"]`);
  expect(hasLongNumber(`["${digits}"]`)).toBe(false);
});

test('an exact number is not a JSON object, and converts to the nearest number', () => {
  const exact = numberOf('9007199254740993');
  expect([isJsonObject(exact), isJsonObject({}), isJsonObject([])]).toEqual([false, true, false]);
  expect(withNearestNumbers({ a: [exact, 'x'], b: null })).toEqual({ a: [9007199254740992, 'x'], b: null });
  const plain = { a: [1, { b: null }] };
  expect(withNearestNumbers(plain)).toBe(plain);
});

test('broken JSON is a SyntaxError', () => {
  expect(() => readJson('{"a":9007199254740993')).toThrow(SyntaxError);
});
