import { expect, test } from '@jest/globals';
import { refusedField } from './refused-field.ts';

const QUERY = `query Lamps($first: Int) {
  lamps(first: $first) { id }
  cheap: lamps(price: "abc") { id }
}`;

test.each([
  [{ line: 2, column: 3 }, 'lamps'],
  [{ line: 3, column: 23 }, 'cheap'],
  [{ line: 1, column: 13 }, null],
])('a refusal at %o belongs to the field %s', (place, field) => {
  expect(refusedField(QUERY, [place])).toBe(field);
});

test('a refusal without a location belongs to no field', () => {
  expect([refusedField(QUERY, undefined), refusedField(QUERY, [])]).toEqual([null, null]);
});
