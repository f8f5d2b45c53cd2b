import { expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { tooManyToMerge } from './merged-fields.ts';

const FIELDS = 1000;
const refused = (query: string) => tooManyToMerge(parse(query), FIELDS)?.extensions['code'];
const times = (count: number, text: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => text(n)).join(' ');
const twos = (depth: number): string => (depth === 0 ? '{ id }' : `{ p ${twos(depth - 1)} p ${twos(depth - 1)} }`);

test.each([
  ['one field selected repeatedly', `{ ${'p { id } '.repeat(200)} }`],
  ['the same field in inline fragments', `{ ${'... { p { id } } '.repeat(200)} }`],
  ['nested pairs', `{ p ${twos(8)} }`],
  [
    'fragments that all select the same',
    `{ ${times(200, (n) => `...F${n}`)} } ${times(200, (n) => `fragment F${n} on Query { p { id } }`)}`,
  ],
  ['fragments that spread another fragment twice, recursively', doubled(14)],
])('too much to merge: %s', (_name, query) => {
  expect(refused(query)).toBe('OPERATION_TOO_LARGE');
});

test.each([
  [
    'a page of thirty fragments',
    `{ p { ${times(30, (n) => `...F${n}`)} } } ${times(30, (n) => `fragment F${n} on P { id name }`)}`,
  ],
  ['many fields of different names', `{ ${times(1000, (n) => `a${n}: id`)} }`],
  ['a fragment that contains itself, which validation refuses', '{ ...A } fragment A on Query { p { ...A } ...A }'],
  ['an unknown fragment', '{ ...A }'],
])('not too much: %s', (_name, query) => {
  expect(refused(query)).toBeUndefined();
});

/** A short query that expands to two to the power of `depth` fields. */
function doubled(depth: number): string {
  const twice = times(depth, (n) => `fragment F${n} on P { a: p { ...F${n + 1} } b: p { ...F${n + 1} } }`);
  return `{ p { ...F0 } } ${twice} fragment F${depth} on P { id }`;
}
