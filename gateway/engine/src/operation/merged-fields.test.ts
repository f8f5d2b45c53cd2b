import { expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { tooManyToMerge } from './merged-fields.ts';

const FIELDS = 1000;
const refused = (query: string) => tooManyToMerge(parse(query), FIELDS)?.extensions['code'];
const times = (count: number, text: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => text(n)).join(' ');
const twos = (depth: number): string => (depth === 0 ? '{ id }' : `{ p ${twos(depth - 1)} p ${twos(depth - 1)} }`);

test.each([
  ['one field asked for again and again', `{ ${'p { id } '.repeat(200)} }`],
  ['the same in inline fragments', `{ ${'... { p { id } } '.repeat(200)} }`],
  ['twos within twos', `{ p ${twos(8)} }`],
  [
    'fragments that all select the same',
    `{ ${times(200, (n) => `...F${n}`)} } ${times(200, (n) => `fragment F${n} on Query { p { id } }`)}`,
  ],
  ['a fragment that stands for a fragment twice, and so on', doubled(14)],
])('too much to merge: %s', (_name, query) => {
  expect(refused(query)).toBe('OPERATION_TOO_LARGE');
});

test.each([
  [
    'a page of thirty fragments',
    `{ p { ${times(30, (n) => `...F${n}`)} } } ${times(30, (n) => `fragment F${n} on P { id name }`)}`,
  ],
  ['many fields of different names', `{ ${times(1000, (n) => `a${n}: id`)} }`],
  ['a fragment that contains itself, which validation tells', '{ ...A } fragment A on Query { p { ...A } ...A }'],
  ['a fragment that there is not', '{ ...A }'],
])('not too much: %s', (_name, query) => {
  expect(refused(query)).toBeUndefined();
});

/** Two to the power of `depth` fields, in few words. */
function doubled(depth: number): string {
  const twice = times(depth, (n) => `fragment F${n} on P { a: p { ...F${n + 1} } b: p { ...F${n + 1} } }`);
  return `{ p { ...F0 } } ${twice} fragment F${depth} on P { id }`;
}
