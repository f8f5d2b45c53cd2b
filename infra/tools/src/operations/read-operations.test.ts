import { describe, expect, test } from '@jest/globals';
import { buildSchema, Source, validate } from 'graphql';
import { createHash } from 'node:crypto';
import { OperationProblems } from './operation-problems.ts';
import type { PersistedOperation } from './persisted-operation.ts';
import { operationsOf } from './read-operations.ts';

const API = buildSchema('type Query { product(slug: String!): Product } type Product { id: ID! name: String }');
const REST = 'directive @rest(path: String!) on QUERY';

function read(files: Readonly<Record<string, string>>) {
  return operationsOf(
    Object.entries(files).map(([name, text]) => new Source(text, name)),
    API,
  );
}

/** Reads files that together contain one operation. */
function readOne(files: Readonly<Record<string, string>>): PersistedOperation {
  const [operation, ...others] = read(files).operations;
  if (!operation || others.length > 0) throw new Error('The files do not have exactly one operation.');
  return operation;
}

function problemsOf(files: Readonly<Record<string, string>>): readonly string[] {
  try {
    read(files);
    return [];
  } catch (error) {
    if (error instanceof OperationProblems) return error.message.split('\n').slice(1);
    throw error;
  }
}

const QUERY = 'query Lamp @rest(path: "/lamp") { product(slug: "lamp") { ...Parts } }';

describe('an operation', () => {
  test('includes the fragments that it uses, from any file', () => {
    const { body } = readOne({
      'a.graphql': QUERY,
      'b.graphql': 'fragment Parts on Product { id }',
      'c.graphql': REST,
    });
    expect(body).toBe(
      'query Lamp {\n  product(slug: "lamp") {\n    ...Parts\n  }\n}\n\nfragment Parts on Product {\n  id\n}',
    );
  });

  test('is sent without descriptions and client directives, and generators get both', () => {
    const text =
      '"""\nOur lamp.\n"""\nquery Lamp @rest(path: "/lamp") { product(slug: "lamp") @skip(if: false) { id } }';
    const { body, operation, description } = readOne({ 'a.graphql': text, 'c.graphql': REST });
    expect(body).not.toMatch(/rest|Our/);
    expect(body).toContain('@skip');
    expect(operation.directives?.map(({ name }) => name.value)).toEqual(['rest']);
    expect(description).toBe('Our lamp.');
  });

  test('has the sha256 of its body as id, whichever files contain the operation and its fragments', () => {
    const parts = 'fragment Parts on Product { id }';
    const one = readOne({ 'a.graphql': QUERY, 'b.graphql': parts, 'c.graphql': REST });
    const other = readOne({ 'z.graphql': `${REST}\n${parts}\n\n\n${QUERY}` });
    expect(one.id).toBe(createHash('sha256').update(one.body).digest('hex'));
    expect(other.id).toBe(one.id);
  });

  test('has its file and line', () => {
    const { file, line } = readOne({ 'catalog/a.graphql': '\n\nquery Lamp { product(slug: "lamp") { id } }' });
    expect([file, line]).toEqual(['catalog/a.graphql', 3]);
  });
});

test('operations are sorted by name, not by file', () => {
  const files = {
    'a.graphql': 'query B { product(slug: "b") { id } }',
    'b.graphql': 'query A { product(slug: "a") { id } }',
  };
  expect(read(files).operations.map(({ name }) => name)).toEqual(['A', 'B']);
});

test('the returned schema contains the client directives', () => {
  const { schema, operations } = read({
    'a.graphql': `${REST} query A @rest(path: "/a") { product(slug: "a") { id } }`,
  });
  expect(operations.flatMap(({ document }) => validate(schema, document))).toEqual([]);
});

test.each([
  [
    'an unknown field',
    '\nquery A { product(slug: "a") { nam } }',
    /a\.graphql:2: .*"nam".*"name"\? Correct.*schema\.graphql/,
  ],
  ['a missing fragment', 'query A { product(slug: "a") { ...Parts } }', /a\.graphql:1: .*Parts.*Write the fragment/],
  ['an unused fragment', 'query A { product(slug: "a") { id } } fragment P on Product { id }', /"P".*remove/],
  ['an undefined directive', 'query A @rezt { product(slug: "a") { id } }', /@rezt.*directives\.graphql/],
  ['an operation without name', '{ product(slug: "a") { id } }', /a\.graphql:1: .*no name.*PascalCase/],
  ['a name that is not in PascalCase', 'query lamp { product(slug: "a") { id } }', /"lamp".*PascalCase/],
  ['a text that is not GraphQL', 'query A {\n  product(', /a\.graphql:2: Syntax Error/],
])('%s is reported with file, line and remedy', (_what, text, line) => {
  expect(problemsOf({ 'a.graphql': text })).toEqual([expect.stringMatching(line)]);
});

test('two operations with the same name are reported, in whatever files they are', () => {
  const text = 'query A { product(slug: "a") { id } }';
  expect(problemsOf({ 'a.graphql': text, 'b.graphql': text })).toEqual([expect.stringMatching(/"A".*unique/)]);
});

test('all problems are reported at once', () => {
  const files = { 'a.graphql': 'query A { nothing }', 'b.graphql': 'query b { product { id } }' };
  expect(problemsOf(files)).toHaveLength(3);
});
