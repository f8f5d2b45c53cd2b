import { describe, expect, test } from '@jest/globals';
import { buildSchema, Kind, parse, type FieldNode } from 'graphql';
import { operationContext } from '../operation/operation-context.ts';
import type { DataObject } from '../plan/data.ts';
import { AnswerShape } from './answer-shape.ts';

const schema = buildSchema(`
  type Query { shop: Shop  shops: [Shop!]!  thing: Thing  node: Node  open: Boolean!  constructor: String  matrix: [[Int!]!] }
  interface Node { id: ID! }
  type Shop implements Node { id: ID!  name: String!  nick: String  rank: Int  rate: Float  kind: Kind  extra: Any  owner: Person }
  type Person implements Node { id: ID!  name: String! friends: [Person] }
  union Thing = Shop | Person
  enum Kind { BIG SMALL }
  scalar Any
`);

function shaped(query: string, data: DataObject, coerced: Readonly<Record<string, unknown>> = {}) {
  const context = operationContext(schema, parse(query), null);
  if (!context) throw new Error('no operation');
  const shape = new AnswerShape(context, { hidden: new Set(), reserved: new Set(['id']) });
  const { data: answer, remarks } = shape.shape(data, { variables: coerced, coerced });
  return { data: JSON.stringify(answer), remarks: remarks.map(({ path }) => path?.join('.')) };
}

const dataOf = (query: string, data: DataObject, coerced?: Readonly<Record<string, unknown>>) =>
  shaped(query, data, coerced).data;

describe('an answer', () => {
  test('has the fields of the operation, in its order, and no field that only the plan needed', () => {
    const data = { shop: { __typename: 'Shop', nick: 'n', id: '1', name: 'x' }, open: true };
    expect(dataOf('{ open shop { name id } }', data)).toBe('{"open":true,"shop":{"name":"x","id":"1"}}');
  });

  test('merges selections of one field at the place of the first', () => {
    const query = '{ shop { id } open ...More } fragment More on Query { shop { name } }';
    expect(dataOf(query, { shop: { id: '1', name: 'x' }, open: true })).toBe(
      '{"shop":{"id":"1","name":"x"},"open":true}',
    );
  });

  test('takes the type of an abstract field from the data, under any alias', () => {
    const query = '{ thing { kind: __typename ... on Shop { nick } ... on Person { name } ... on Node { id } } }';
    expect(dataOf(query, { thing: { __typename: 'Person', id: '2', name: 'P', nick: 'no' } })).toBe(
      '{"thing":{"kind":"Person","name":"P","id":"2"}}',
    );
  });

  test('has the type of the root and of object types without data', () => {
    expect(dataOf('{ __typename shop { __typename } }', { shop: {} })).toBe(
      '{"__typename":"Query","shop":{"__typename":"Shop"}}',
    );
  });

  test('may have names of inherited members', () => {
    expect(dataOf('{ constructor toString: open __proto__: open }', { toString: true, ['__proto__']: true })).toBe(
      '{"constructor":null,"toString":true,"__proto__":true}',
    );
  });

  test("uses the client's name of a field that the plan renamed", () => {
    expect(dataOf('{ shop { id: name } }', { shop: { id: '1', _souk_alias_id: 'x' } })).toBe('{"shop":{"id":"x"}}');
  });
});

describe('@skip and @include', () => {
  const query = 'query ($a: Boolean!, $b: Boolean!) { shop @include(if: $a) { id ... @skip(if: $b) { name } } open }';
  const data = { shop: { id: '1', name: 'x' }, open: true };

  test('apply for each combination of their variables', () => {
    expect(dataOf(query, data, { a: true, b: false })).toBe('{"shop":{"id":"1","name":"x"},"open":true}');
    expect(dataOf(query, data, { a: true, b: true })).toBe('{"shop":{"id":"1"},"open":true}');
    expect(dataOf(query, data, { a: false, b: true })).toBe('{"open":true}');
  });

  test('may have literals', () => {
    expect(dataOf('{ shop { id @include(if: false) name @skip(if: false) @include(if: true) } }', data)).toBe(
      '{"shop":{"name":"x"}}',
    );
  });
});

describe('null', () => {
  test('replaces missing values', () => {
    expect(shaped('{ shop { nick } thing { __typename } }', { shop: {} })).toEqual({
      data: '{"shop":{"nick":null},"thing":null}',
      remarks: [],
    });
  });

  test('propagates to the nearest nullable parent', () => {
    expect(shaped('{ open shop { nick name } }', { shop: { nick: 'n', name: null }, open: true })).toEqual({
      data: '{"open":true,"shop":null}',
      remarks: ['shop.name'],
    });
  });

  test('propagates through lists, up to the whole answer', () => {
    const data = { shops: [{ id: '1', name: 'x' }, { id: '2' }] };
    expect(shaped('{ shops { id } }', data)).toEqual({ data: '{"shops":[{"id":"1"},{"id":"2"}]}', remarks: [] });
    expect(shaped('{ shops { name } }', data)).toEqual({ data: 'null', remarks: ['shops.1.name'] });
    expect(shaped('{ matrix }', { matrix: [[1, 2], [null]] })).toEqual({
      data: '{"matrix":null}',
      remarks: ['matrix.1.0'],
    });
  });

  test('stays in a list with nullable elements', () => {
    const data = { shop: { owner: { friends: [{ name: 'a' }, null, { name: null }] } } };
    expect(dataOf('{ shop { owner { friends { name } } } }', data)).toBe(
      '{"shop":{"owner":{"friends":[{"name":"a"},null,null]}}}',
    );
  });
});

describe('a value that does not fit its type', () => {
  const rank = (value: unknown) => shaped('{ shop { rank } }', { shop: { rank: value } });

  test.each([
    ['rank', '1'],
    ['rank', 1.5],
    ['rate', 'fast'],
    ['kind', 'HUGE'],
    ['nick', 7],
    ['nick', {}],
  ])('is null: %s %j', (field, value) => {
    expect(shaped(`{ shop { ${field} } }`, { shop: { [field]: value } })).toEqual({
      data: `{"shop":{"${field}":null}}`,
      remarks: [`shop.${field}`],
    });
  });

  test.each([0, -5, 2 ** 31])('is kept when it fits: %d', (value) => {
    expect(rank(value)).toEqual({ data: `{"shop":{"rank":${value}}}`, remarks: [] });
  });

  test('is not checked for a custom scalar', () => {
    expect(dataOf('{ shop { extra } }', { shop: { extra: { any: ['thing'] } } })).toBe(
      '{"shop":{"extra":{"any":["thing"]}}}',
    );
  });

  test('is null where an object, a list or another type is expected', () => {
    expect(shaped('{ shop { id } }', { shop: 'x' })).toEqual({ data: '{"shop":null}', remarks: ['shop'] });
    expect(shaped('{ matrix }', { matrix: 1 })).toEqual({ data: '{"matrix":null}', remarks: ['matrix'] });
    expect(shaped('{ thing { __typename } }', { thing: { __typename: 'Secret' } })).toEqual({
      data: '{"thing":null}',
      remarks: ['thing'],
    });
    expect(shaped('{ node { __typename id } }', { node: { __typename: 'Node', id: '1' } }).data).toBe('{"node":null}');
  });
});

test('hidden fields are null whatever the data, and propagate from non-null fields', () => {
  const context = operationContext(schema, parse('{ shop { nick name } open }'), null);
  const [shop] = context?.operation.selectionSet.selections ?? [];
  const fields = shop?.kind === Kind.FIELD ? (shop.selectionSet?.selections ?? []) : [];
  if (!context) throw new Error('no operation');
  const answer = (hidden: unknown) => {
    const shape = new AnswerShape(context, { hidden: new Set([hidden as FieldNode]), reserved: new Set() });
    return shape.shape({ shop: { nick: 'n', name: 'x' }, open: true }, { variables: {}, coerced: {} });
  };
  expect(answer(fields[0])).toEqual({ data: { shop: { nick: null, name: 'x' }, open: true }, remarks: [] });
  expect(answer(fields[1])).toEqual({ data: { shop: null, open: true }, remarks: [] });
});

test('introspection works beside data, and returns only the selected fields', () => {
  const query =
    'query ($type: String!) { __type(name: $type) { fields { name @include(if: false) type { kind } } } open }';
  const { data } = shaped(query, { open: true }, { type: 'Person' });
  expect(data).toBe(
    '{"__type":{"fields":[{"type":{"kind":"NON_NULL"}},{"type":{"kind":"NON_NULL"}},{"type":{"kind":"LIST"}}]},"open":true}',
  );
});
