import { expect, test } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { differences } from './answer-comparison.ts';

const failed = (...path: readonly (string | number)[]) => new GraphQLError('failed', { path });
const lamps = (...prices: readonly (number | null)[]) => ({ lamps: prices.map((price) => ({ price })) });

test('equal data agrees in any order of fields', () => {
  expect(differences({ data: { a: 1, b: [{ c: 'x' }] } }, { data: { b: [{ c: 'x' }], a: 1 } })).toEqual([]);
});

test('a value, a missing field and a list of another length are reported, by names only', () => {
  expect(differences({ data: lamps(1, 2) }, { data: lamps(1, 3) })).toEqual(['lamps.price']);
  expect(differences({ data: { lamps: [{}] } }, { data: lamps(null) })).toEqual(['lamps.price']);
  expect(differences({ data: lamps(1) }, { data: lamps(1, 2) })).toEqual(['lamps']);
  expect(differences({ data: null }, { data: lamps(1) })).toEqual(['']);
});

test('an error at another path is reported, and another message is not', () => {
  const one = { data: lamps(null), errors: [failed('lamps', 0, 'price')] };
  expect(differences(one, { ...one, errors: [new GraphQLError('lost', { path: ['lamps', 1, 'price'] })] })).toEqual([]);
  expect(differences(one, { data: lamps(null) })).toEqual(['error at lamps.price']);
  expect(differences({ data: lamps(null) }, one)).toEqual(['error at lamps.price']);
});

test('an error of a field that the client did not select is ignored', () => {
  expect(differences({ data: lamps(1), errors: [failed('lamps', 0, 'stock')] }, { data: lamps(1) })).toEqual([]);
});

test('a path that ends at the entities of a subgraph matches all paths below', () => {
  const one = { data: lamps(null), errors: [failed('lamps', 0, 'price')] };
  expect(differences(one, { ...one, errors: [failed('lamps', '_entities', 0)] })).toEqual([]);
  expect(differences(one, { ...one, errors: [failed('chairs', '_entities', 0)] })).toEqual(['error at lamps.price']);
});

test('at most ten paths are reported', () => {
  const many = (value: number) => Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`f${index}`, value]));
  expect(differences({ data: many(1) }, { data: many(2) })).toHaveLength(10);
});
