import { describe, expect, test } from '@jest/globals';
import { buildSchema, graphqlSync, parse, print, specifiedRules, validate } from 'graphql';
import { OneOfVariablesRule } from '../operation/one-of-variables.ts';
import { loadSupergraph } from '../supergraph/supergraph.ts';
import { fixtureEngine } from '../testing/fixture-engine.ts';
import { apiSchemaOf } from './api-schema.ts';
import { composeSupergraph, CompositionError, type SubgraphSchema } from './compose-supergraph.ts';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@inaccessible"])';
const subgraph = (name: string, sdl: string): SubgraphSchema => ({
  name,
  url: `http://${name}.test`,
  sdl: `${LINK} ${sdl}`,
});
const composed = (...sdls: readonly string[]) =>
  composeSupergraph(sdls.map((sdl, index) => subgraph(`subgraph${index}`, sdl)));

function isOneOf(supergraphSdl: string): unknown {
  const source = '{ __type(name: "By") { isOneOf inputFields { name } } }';
  return graphqlSync({ schema: loadSupergraph(supergraphSdl).apiSchema, source }).data?.['__type'];
}

const BY = 'input By @oneOf { id: ID name: String } type Query { find(by: By): String }';
const DEFINED = `directive @oneOf on INPUT_OBJECT ${BY}`;
const BOTH = { isOneOf: true, inputFields: [{ name: 'id' }, { name: 'name' }] };

describe('@oneOf of a subgraph', () => {
  test.each([
    ['with its definition', DEFINED],
    ['without, as graphql-js prints schemas', BY],
    [
      'on an extension',
      'input By { id: ID } extend input By @oneOf { name: String } type Query { find(by: By): String }',
    ],
  ])('is part of the supergraph: %s', (_, sdl) => {
    expect(isOneOf(composed(sdl))).toEqual(BOTH);
    expect(apiSchemaOf(composed(sdl)).getType('By')).toMatchObject({ isOneOf: true });
  });

  test('applies when another subgraph has the input without it', () => {
    const plain = 'input By { name: String size: Int id: ID } type Query { seek(by: By): String }';
    expect(isOneOf(composed(DEFINED, plain))).toEqual(BOTH);
    expect(isOneOf(composed(plain, DEFINED))).toMatchObject({ isOneOf: true });
  });

  test('is refused where another subgraph requires a field, or has a default for it', () => {
    const required = 'input By { id: ID! name: String } type Query { seek(by: By): String }';
    expect(() => composed(DEFINED, required)).toThrow(CompositionError);
    expect(() => composed(DEFINED, required)).toThrow('"By.id" is required');
    expect(() => composed('input By @oneOf { id: ID = "1" } type Query { find(by: By): String }')).toThrow('"By.id"');
  });

  test('does not change other inputs and supergraphs', () => {
    const other = 'input Other { id: ID } type Query { seek(by: Other): String }';
    expect(loadSupergraph(composed(DEFINED, other)).apiSchema.getType('Other')).toMatchObject({ isOneOf: false });
    expect(composed(other)).not.toContain('oneOf');
  });

  test('is read from a supergraph without its definition', () => {
    const text = print(parse(composed(BY))).replace('directive @oneOf on INPUT_OBJECT', '');
    expect(text).not.toContain('directive @oneOf');
    expect(isOneOf(text)).toEqual(BOTH);
    expect(apiSchemaOf(text).getType('By')).toMatchObject({ isOneOf: true });
  });
});

describe('an argument that is @oneOf', () => {
  const schema = buildSchema(DEFINED);
  const engine = fixtureEngine([{ ...subgraph('finder', DEFINED), schema }]);
  const run = async (query: string, variables: Readonly<Record<string, unknown>> = {}) => engine.run(query, variables);

  test.each([
    ['{ find(by: { id: "1" }) }', {}],
    ['query ($by: By) { find(by: $by) }', { by: { name: 'n' } }],
    ['query ($id: ID!) { find(by: { id: $id }) }', { id: '1' }],
    ['{ find }', {}],
  ])('accepts one member: %s %j', async (query, variables) => {
    engine.fetches.length = 0;
    expect((await run(query, variables)).errors).toBeUndefined();
    expect(engine.fetches).toHaveLength(1);
  });

  test.each([
    ['{ find(by: { id: "1", name: "n" }) }', {}],
    ['{ find(by: {}) }', {}],
    ['{ find(by: { id: null }) }', {}],
    ['query ($by: By) { find(by: $by) }', { by: { id: '1', name: 'n' } }],
    ['query ($by: By) { find(by: $by) }', { by: {} }],
    ['query ($by: By) { find(by: $by) }', { by: { id: null } }],
    ['query ($by: By) { find(by: $by) }', { by: { id: '1', name: null } }],
    ['query ($by: By = { id: "1", name: "n" }) { find(by: $by) }', {}],
    ['query ($id: ID) { find(by: { id: $id }) }', { id: '1' }],
  ])('accepts nothing else, and no subgraph receives a request: %s %j', async (query, variables) => {
    engine.fetches.length = 0;
    await expect(run(query, variables)).rejects.toThrow(/By|OneOf|must be non-null/);
    expect(engine.fetches).toEqual([]);
  });
});

test.each(['By', 'By!', '[By]', '[By!]!'])(
  'the member of a @oneOf input must not be a nullable variable: %s',
  (type) => {
    const schema = buildSchema(`input By @oneOf { id: ID } type Query { find(by: ${type}): String }`);
    const problems = (variable: string) =>
      validate(schema, parse(`query ($id: ${variable}) { find(by: { id: $id }) }`), [
        ...specifiedRules,
        OneOfVariablesRule,
      ]);
    expect(problems('ID')).toHaveLength(1);
    expect(problems('ID!')).toEqual([]);
  },
);
