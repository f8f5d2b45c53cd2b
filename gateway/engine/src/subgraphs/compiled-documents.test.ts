import { expect, test } from '@jest/globals';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, GraphQLError, GraphQLScalarType, parse, type ExecutionResult } from 'graphql';
import { testContext } from '@souk/kit/testing';
import { inProcessTransport } from './in-process.ts';
import { CompiledDocuments } from './compiled-documents.ts';

class Refused extends Error {
  readonly extensions = { code: 'REFUSED' };
}

const Even = new GraphQLScalarType<number, number>({
  name: 'Even',
  serialize: (value) => evenOf(value),
  parseValue: (value) => evenOf(value),
});

function evenOf(value: unknown): number {
  if (typeof value !== 'number' || value % 2 !== 0) throw new GraphQLError(`${String(value)} is not even`);
  return value;
}

const typeDefs = parse(`
  scalar Even
  enum Color { RED GREEN }
  input Where { color: Color even: Even names: [String!] first: Int = 3 }
  interface Named { name: String! }
  type Shelf implements Named { name: String! boxes: [Box!]! loose: [Box]! color: Color }
  type Box implements Named { name: String! weight: Int! even: Even maybe: Strict }
  type Strict { value: String! deep: Strict }
  union Thing = Shelf | Box
  type Query {
    shelf(where: Where): Shelf
    strict: Shelf!
    things: [Thing]
    named: [Named!]
    echo(where: Where, even: Even, color: Color!, list: [Int!]): String
    ctx: String
    failing: Failing
    failings: [Failing!]
  }
  type Failing {
    throws: String!
    rejects: String
    wrongType: Int
    oddScalar: Even!
    wrongEnum: Color
    strictList: [Strict!]
    deep: Strict
    coded: String
  }
  type Mutation { change: String }
`);

const box = (values: object = {}) => ({ __typename: 'Box', name: 'b', weight: 1, even: 2, ...values });
const shelf = (values: object = {}) => ({
  __typename: 'Shelf',
  name: 's',
  boxes: [box(), box()],
  loose: [box(), null],
  color: 'RED',
  ...values,
});

const refused = new Refused('refused');
const failing = {
  wrongType: 'seven',
  wrongEnum: 'x',
  strictList: [{ value: 'v' }, null],
};
const Failing = {
  throws() {
    throw new Error('thrown');
  },
  rejects: async () => {
    throw new TypeError('rejected');
  },
  oddScalar: async () => 3,
  deep: async () => ({ value: 'v', deep: Promise.resolve({ value: null }) }),
  coded() {
    throw refused;
  },
};

const schema = buildSubgraphSchema([
  {
    typeDefs,
    resolvers: {
      Even,
      Color: { RED: 'r', GREEN: 'g' },
      Query: {
        shelf: async (_root: unknown, { where }: { where?: { color?: string } }) =>
          shelf({ color: where?.color ?? 'r' }),
        strict: () => shelf({ color: 'g', name: null }),
        things: () => [shelf({ color: 'r' }), box(), { __typename: 'Nothing' }, null],
        named: async () => [shelf({ color: 'r' }), Promise.resolve(box())],
        echo: (_root: unknown, args: object) => JSON.stringify(args),
        failing: () => failing,
        failings: async () => [failing, failing],
        ctx: (_root: unknown, _args: unknown, { user }: { user: string }) => user,
      },
      Failing,
      Mutation: { change: () => 'changed' },
    } as never,
  },
]);

const contextValue = { user: 'alice' };

/** Runs a query with graphql-js and as a compiled query. */
async function bothWays(query: string, variables: Record<string, unknown>) {
  const document = parse(query, { noLocation: true });
  const run = new CompiledDocuments(schema, 0).of(document);
  if (!run) throw new Error('The document was not compiled');
  const interpreted = await execute({ schema, document, variableValues: variables, contextValue });
  return { interpreted, compiled: await run(variables, contextValue) };
}

/** The parts of an answer that the gateway uses. */
const seen = ({ data, errors }: ExecutionResult) => ({
  data: JSON.stringify(data),
  errors: errors?.map((error) => ({
    isGraphqlError: error instanceof GraphQLError,
    message: error.message,
    path: error.path,
    extensions: error.extensions,
    // graphql-js sets `originalError` also for errors of its own, so only the identity of `refused` is compared.
    refused: error.originalError === refused,
    json: JSON.stringify(error),
  })),
});

const ECHO =
  'query ($where: Where, $even: Even, $color: Color!, $list: [Int!]) { echo(where: $where, even: $even, color: $color, list: $list) }';

test.each<[string, string, Record<string, unknown>]>([
  [
    'nested fields, lists and aliases',
    '{ a: shelf { name boxes { name weight even } } shelf { loose { n: name } color } }',
    {},
  ],
  [
    'enums and defaults of arguments',
    'query ($color: Color!) { shelf(where: { color: $color }) { color } echo(color: $color, where: {}) }',
    { color: 'GREEN' },
  ],
  [
    'fragments, unions and interfaces',
    '{ named { __typename name ... on Box { weight } ...S } } fragment S on Shelf { color }',
    {},
  ],
  [
    'conditions',
    'query ($yes: Boolean!) { shelf @include(if: $yes) { name @skip(if: $yes) color } ctx @skip(if: $yes) }',
    { yes: true },
  ],
  ['a missing non-null value', '{ strict { name color } }', {}],
  ['a missing non-null value below a nullable one', '{ ctx shelf { name } strict { name } }', {}],
  ['coerced variables', ECHO, { where: { color: 'RED', even: 4, names: 'one' }, even: 2, color: 'GREEN', list: 7 }],
  ['null and missing variables', ECHO, { where: null, color: 'RED' }],
  ['the context', '{ ctx }', {}],
])('a compiled query answers as an interpreted one: %s', async (_what, query, variables) => {
  const { interpreted, compiled } = await bothWays(query, variables);
  expect(compiled && seen(compiled)).toEqual(seen(interpreted));
});

test.each<[string, Record<string, unknown>]>([
  ['an unknown enum value', { color: 'BLUE' }],
  ['a missing variable', {}],
  ['a null that is not allowed', { color: null }],
  ['a null within a list', { color: 'RED', list: [1, null] }],
  ['a wrong type', { color: 'RED', list: ['x'] }],
  ['an unknown member', { color: 'RED', where: { size: 1 } }],
  ['a scalar that refuses', { color: 'RED', even: 3 }],
])('a compiled query refuses the variables that an interpreted one refuses: %s', async (_what, variables) => {
  const { interpreted, compiled } = await bothWays(ECHO, variables);
  expect(interpreted.errors).toHaveLength(1);
  expect(compiled).toBeNull(); // graphql-js words the refusal

  const transport = inProcessTransport(schema, { compileAfter: 0 });
  const context = { ...testContext(), ...contextValue };
  const answer = await transport.fetch({ query: ECHO, operationName: undefined, variables, context });
  expect(answer.errors?.map(({ message }) => message)).toEqual(interpreted.errors?.map(({ message }) => message));
});

test('a resolver that throws, rejects or returns a wrong value gives the same error', async () => {
  for (const field of [
    'throws',
    'rejects',
    'wrongType',
    'oddScalar',
    'wrongEnum',
    'strictList { value }',
    'deep { deep { value } }',
    'coded',
  ]) {
    const { interpreted, compiled } = await bothWays(`{ failing { ${field} } ctx }`, {});
    expect(interpreted.errors?.length).toBeGreaterThan(0);
    expect(compiled && seen(compiled)).toEqual(seen(interpreted));

    // When several errors propagate to the same null, graphql-js reports only the first error. A compiled query reports
    // all errors.
    const list = await bothWays(`{ list: failings { ${field} } ctx }`, {});
    const [expected, found] = [seen(list.interpreted), list.compiled && seen(list.compiled)];
    expect(found?.data).toEqual(expected.data);
    expect(found?.errors).toEqual(expect.arrayContaining(expected.errors ?? []));
  }
});

test('a type that is not part of a union fails at the same place', async () => {
  const { interpreted, compiled } = await bothWays('{ things { __typename ... on Box { name } } }', {});
  expect(compiled?.data).toEqual(interpreted.data);
  expect(compiled?.errors?.map(({ path }) => path)).toEqual(interpreted.errors?.map(({ path }) => path));
});

test('a query is compiled after its uses, a mutation never', () => {
  const documents = new CompiledDocuments(schema, 2);
  const [query, mutation] = [parse('{ ctx }'), parse('mutation { change }')];
  expect([1, 2, 3, 4].map(() => documents.of(query) !== null)).toEqual([false, false, true, true]);
  expect([1, 2, 3, 4].map(() => documents.of(mutation) !== null)).toEqual([false, false, false, false]);
});
