import { buildSubgraphSchema } from '@apollo/subgraph';
import { afterEach, describe, expect, test } from '@jest/globals';
import { buildClientSchema, getIntrospectionQuery, parse, type IntrospectionQuery } from 'graphql';
import { fixtureEngine } from '../testing/fixture-engine.ts';

const SDL = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { works(size: Size): [Work!]! }
  type Work @key(fields: "id") { id: ID! old: String @deprecated }
  input Size { wide: Int }`;
const resolvers = { Query: { works: () => [{ id: '1' }] } };
const schema = buildSubgraphSchema([{ typeDefs: parse(SDL), resolvers }]);
const engine = fixtureEngine([{ name: 'only', url: 'http://only.test/graphql', sdl: SDL, schema }]);
afterEach(() => void engine.fetches.splice(0));

/** The introspection query of gql.tada. The tool first queries which fields the introspection types have, then selects all of them. */
const TADA = `query IntrospectionQuery {
  __schema { queryType { name } types { ...FullType } directives { name isRepeatable locations args(includeDeprecated: true) { ...Value } } } }
  fragment FullType on __Type { kind name description isOneOf specifiedByURL
    fields(includeDeprecated: true) { name isDeprecated deprecationReason args(includeDeprecated: true) { ...Value } type { ...Ref } }
    inputFields(includeDeprecated: true) { ...Value } interfaces { ...Ref } enumValues(includeDeprecated: true) { name } possibleTypes { ...Ref } }
  fragment Value on __InputValue { name description defaultValue isDeprecated deprecationReason type { ...Ref } }
  fragment Ref on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }`;

/** The fields of an introspection type. */
async function listed(type: string): Promise<readonly string[]> {
  const { data } = await engine.run(
    `{ __type(name: "${type}") { fields(includeDeprecated: true) { name type { kind ofType { kind } } } } }`,
  );
  const read = data?.['__type'] as {
    fields: { name: string; type: { kind: string; ofType: { kind: string } | null } }[];
  };
  return read.fields.map(({ name, type: { kind, ofType } }) => {
    const inner = kind === 'NON_NULL' || kind === 'LIST' ? ofType?.kind : kind;
    return inner === 'SCALAR' || inner === 'ENUM' ? name : `${name} { __typename }`;
  });
}

describe('introspection', () => {
  test.each(['__Schema', '__Type', '__Field', '__InputValue', '__EnumValue', '__Directive'])(
    'reads every field of %s',
    async (type) => {
      const fields = (await listed(type)).join(' ');
      const around: Readonly<Record<string, string>> = {
        __Schema: `{ __schema { ${fields} } }`,
        __Type: `{ __schema { types { ${fields} } } }`,
        __Field: `{ __schema { types { fields { ${fields} } } } }`,
        __InputValue: `{ __schema { directives { args { ${fields} } } } }`,
        __EnumValue: `{ __schema { types { enumValues { ${fields} } } } }`,
        __Directive: `{ __schema { directives { ${fields} } } }`,
      };
      // `locations` is a list of enum values. An enum value has no subfields, so the selection is removed.
      const answer = await engine.run((around[type] ?? '').replaceAll(/(locations) \{ __typename \}/g, '$1'));
      expect(answer.errors).toBeUndefined();
      expect(answer.data?.['__schema']).toBeTruthy();
    },
  );

  test.each([
    ['graphql-js', getIntrospectionQuery()],
    [
      'graphql-js with all options',
      getIntrospectionQuery({
        oneOf: true,
        specifiedByUrl: true,
        directiveIsRepeatable: true,
        schemaDescription: true,
        inputValueDeprecation: true,
      }),
    ],
    ['gql.tada', TADA],
  ])('answers the query of %s without a subgraph', async (_name, query) => {
    const { data, errors } = await engine.run(query);
    expect(errors).toBeUndefined();
    // `buildClientSchema` throws when the answer lacks a part of the schema.
    expect(buildClientSchema(data as unknown as IntrospectionQuery).getType('Work')).toBeDefined();
    expect(engine.fetches).toEqual([]);
  });

  test('works beside data, in fragments and under conditions', async () => {
    const query = `query ($yes: Boolean = true) { ...Both works { id } ... @include(if: $yes) { again: __type(name: "Size") { ...T } } }
      fragment Both on Query { __schema { queryType { ...T } } works { id } ... on Query { __type(name: "Work") { ...T } } }
      fragment T on __Type { name isOneOf }`;
    expect((await engine.run(query)).data).toEqual({
      __schema: { queryType: { name: 'Query', isOneOf: null } },
      works: [{ id: '1' }],
      __type: { name: 'Work', isOneOf: null },
      again: { name: 'Size', isOneOf: false },
    });
    expect(engine.fetches).toHaveLength(1);
  });

  test('accepts variables', async () => {
    const query =
      'query ($name: String!, $all: Boolean!) { __type(name: $name) { fields(includeDeprecated: $all) { name } } works { id } }';
    const { data } = await engine.run(query, { name: 'Work', all: true });
    expect(data).toEqual({ __type: { fields: [{ name: 'id' }, { name: 'old' }] }, works: [{ id: '1' }] });
  });
});
