import { expect, test } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { NullVariables } from './null-variables.ts';
import { operationContext } from './operation-context.ts';

const SCHEMA = buildSchema(`
  input Filter { near: Int! = 1, tags: [String!] }
  type Query { products(first: Int! = 20, filter: Filter, ids: [ID!]): [Product!] }
  type Product { id: ID name(length: Int! = 3): String }
`);

function refusal(text: string, values: Readonly<Record<string, unknown>>) {
  const document = parse(text, { noLocation: true });
  expect(validate(SCHEMA, document)).toEqual([]);
  const context = operationContext(SCHEMA, document, null);
  return context && new NullVariables(context).refusal(values);
}

test.each([
  ['a variable with a default', 'query ($v: Int = 1) { products(first: $v) { id } }', 'first', 'Int!'],
  ['an argument with a default', 'query ($v: Int) { products(first: $v) { id } }', 'first', 'Int!'],
  ['a field of an input', 'query ($v: Int) { products(filter: { near: $v }) { id } }', 'filter', 'Int!'],
  ['an item of a list', 'query ($v: ID = 1) { products(ids: [$v]) { id } }', 'ids', 'ID!'],
  ['a condition', 'query ($v: Boolean = true) { products @include(if: $v) { id } }', 'if', 'Boolean!'],
  [
    'a fragment',
    'query ($v: Int) { products { ...A } } fragment A on Product { ...B } fragment B on Product { name(length: $v) }',
    'length',
    'Int!',
  ],
])('null is refused in %s, with the names of the variable and the argument', (_, text, argument, type) => {
  expect(refusal(text, { v: null })).toMatchObject({
    message: `Variable "$v" must not be null: it stands in the argument "${argument}", where "${type}" is expected. Give it a value, or leave it out for its default`,
    extensions: { code: 'BAD_USER_INPUT' },
  });
  expect(refusal(text, { v: 1 })).toBeNull();
  expect(refusal(text, {})).toBeNull();
});

test('null is accepted in a nullable position', () => {
  expect(refusal('query ($v: [ID!]) { products(ids: $v) { id } }', { v: null })).toBeNull();
});

test.each([
  'query ($v: Int, $with: Boolean!) { products @include(if: $with) { name(length: $v) } }',
  'query ($v: Int) { products { ... @skip(if: true) { name(length: $v) } } }',
  'query ($v: Int) { products { ...A @skip(if: true) } } fragment A on Product { name(length: $v) }',
])('an excluded selection accepts null: %s', (text) => {
  expect(refusal(text, { v: null, with: false })).toBeNull();
});
