import { expect, test } from '@jest/globals';
import { buildSchema, getVariableValues, parse, validate } from 'graphql';
import { operationContext } from '../operation/operation-context.ts';
import { readCostModel } from './cost-model.ts';
import { dearestLists, operationCost } from './operation-cost.ts';

const SDL = /* GraphQL */ `
  directive @cost(
    weight: Int!
  ) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
  directive @listSize(
    assumedSize: Int
    slicingArguments: [String!]
    sizedFields: [String!]
    requireOneSlicingArgument: Boolean = true
  ) on FIELD_DEFINITION

  type Query {
    product: Product
    products(first: Int = 50, filter: Filter, ids: [ID!]): ProductConnection
      @listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)
    orders(first: Int, last: Int): ProductConnection
      @listSize(
        assumedSize: 50
        slicingArguments: ["first", "last"]
        sizedFields: ["nodes", "edges"]
        requireOneSlicingArgument: false
      )
    newest(first: Int, last: Int): [Product!]! @listSize(slicingArguments: ["first", "last"])
    found: [Found!]! @listSize(assumedSize: 4)
    search(text: String @cost(weight: 3)): Product @cost(weight: 20)
  }
  type Mutation {
    rename(input: RenameInput!): Product
    checkout: Product @cost(weight: 100)
  }
  input RenameInput {
    id: ID!
    names: [NameInput!]
  }
  input NameInput {
    text: String!
    locale: String @cost(weight: 2)
  }
  input Filter {
    text: String
    not: Filter
  }
  type ProductConnection {
    nodes: [Product!]!
    edges: [Edge!]!
    pageInfo: PageInfo!
    totalCount: Int! @cost(weight: 7)
  }
  type Edge {
    node: Product!
    cursor: String!
  }
  type PageInfo @cost(weight: 0) {
    endCursor: String
  }
  type Product {
    id: ID!
    name: String!
    price: Money
    colors: [String!]!
    media: [Media!]!
    variants(first: Int = 20): ProductConnection
      @listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)
  }
  type Money {
    amount: String!
  }
  type Media @cost(weight: 5) {
    url: String!
  }
  union Found = Product | Media
`;
const schema = buildSchema(SDL);
const model = readCostModel(parse(SDL), { cost: 'cost', listSize: 'listSize' });

const DEFAULTS = { assumedListSize: 10 };

function compiled(query: string, variables: Record<string, unknown> = {}) {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const context = operationContext(schema, document, null);
  if (!context) throw new Error('the test has no operation');
  const { coerced = {} } = getVariableValues(schema, context.operation.variableDefinitions ?? [], variables);
  return { cost: operationCost(context, model, DEFAULTS), coerced };
}

function costOf(query: string, variables?: Record<string, unknown>): number {
  const { cost, coerced } = compiled(query, variables);
  return cost.of(coerced);
}

test('an object weighs one, a leaf nothing, and a list of leaves nothing', () => {
  expect(costOf('{ product { id name colors } }')).toBe(1);
  expect(costOf('{ product { price { amount } } }')).toBe(2);
  expect(costOf('{ __typename }')).toBe(0);
});

test("a list without @listSize has the gateway's assumed length, and its items have the weight of their type", () => {
  expect(costOf('{ product { media { url } } }')).toBe(1 + 10 * 5);
});

test('`first` multiplies the cost of each item, from a variable, a literal or the default of the schema', () => {
  const query = 'query ($first: Int) { products(first: $first) { nodes { price { amount } } } }';
  expect(costOf(query, { first: 3 })).toBe(1 + 3 * 2);
  expect(costOf(query)).toBe(1 + 50 * 2);
  expect(costOf('{ products(first: 200) { nodes { id } } }')).toBe(201);
  expect(costOf('query ($first: Int = 7) { products(first: $first) { nodes { id } } }')).toBe(8);
  expect(costOf(query, { first: -5 })).toBe(1);
});

test("`last` multiplies like `first`; a page without both has the schema's assumed length", () => {
  const query = 'query ($first: Int, $last: Int) { orders(first: $first, last: $last) { nodes { id } } }';
  expect(costOf('{ orders(last: 200) { nodes { id } } }')).toBe(1 + 200);
  expect(costOf(query, { last: 7 })).toBe(1 + 7);
  expect(costOf(query, { first: null, last: 7 })).toBe(1 + 7);
  expect(costOf(query, { first: null })).toBe(1 + 50);
  expect(costOf('{ orders { nodes { id } } }')).toBe(1 + 50);
});

test('nested lists multiply', () => {
  const query = `query ($first: Int!) { products(first: $first) { nodes { variants(first: $first) { nodes { id } } } } }`;
  expect(costOf(query, { first: 100 })).toBe(1 + 100 * (1 + 1 + 100));
});

test('edges cost themselves and their nodes; fields beside them count once', () => {
  expect(costOf('{ products(first: 10) { edges { cursor node { id } } pageInfo { endCursor } totalCount } }')).toBe(
    1 + 10 * (1 + 1) + 7,
  );
  expect(costOf('{ products(first: 10) { edges { cursor } nodes { id } } }')).toBe(1 + 10 + 10);
});

test('equal selections in two fragments count once, and an alias counts as a further field', () => {
  const fragments =
    'fragment A on Query { product { price { amount } } } fragment B on Query { product { price { amount } id } }';
  expect(costOf(`{ ...A ...B product { id } } ${fragments}`)).toBe(2);
  expect(costOf('{ a: product { id } b: product { id } }')).toBe(2);
});

test('a list of an abstract type costs as much as its dearest possible type', () => {
  expect(costOf('{ found { ... on Product { media { url } } } }')).toBe(4 * (1 + 50));
  expect(costOf('{ found { ... on Product { price { amount } } ... on Media { url } } }')).toBe(4 * 5);
  expect(
    costOf(
      '{ found { ... on Product { price { amount } variants(first: 9) { nodes { id } } } ... on Media { url } } }',
    ),
  ).toBe(4 * (1 + 1 + 10));
});

test("a field with a weight costs its weight instead of its type's, and weights of arguments are added", () => {
  expect(costOf('{ search { price { amount } } }')).toBe(20 + 1);
  expect(costOf('query ($text: String) { search(text: $text) { id } }', { text: 'lamp' })).toBe(23);
  expect(costOf('query ($text: String) { search(text: $text) { id } }')).toBe(20);
});

test('each mutation weighs ten unless the schema sets a higher weight', () => {
  expect(costOf('mutation { a: rename(input: { id: 1 }) { id } b: rename(input: { id: 2 }) { id } }')).toBe(
    2 * (10 + 1),
  );
  expect(costOf('mutation { checkout { id } }')).toBe(100);
});

test('an input costs one for each object in it, plus the weights of its fields', () => {
  const query = 'mutation ($input: RenameInput!) { rename(input: $input) { id } }';
  const names = [{ text: 'a' }, { text: 'b', locale: 'de' }];
  expect(costOf(query, { input: { id: 1, names } })).toBe(10 + 1 + 2 + 2);
  expect(costOf('{ products(first: 0, filter: { not: { text: "a" } }) { nodes { id } } }')).toBe(1 + 2);
});

test('fields that the variables exclude cost nothing', () => {
  const query = 'query ($media: Boolean!) { product { id ... @include(if: $media) { media { url } } } }';
  expect(costOf(query, { media: true })).toBe(51);
  expect(costOf(query, { media: false })).toBe(1);
  expect(
    costOf('query ($no: Boolean!) { product @skip(if: $no) { id } product { price { amount } } }', { no: true }),
  ).toBe(2);
});

test('a list that requires one slicing argument refuses none and two', () => {
  const problemOf = (query: string, variables?: Record<string, unknown>) => {
    const { cost, coerced } = compiled(query, variables);
    return cost.problem(coerced);
  };
  expect(problemOf('{ newest { id } }')).toBe(
    'Query.newest takes exactly one of these arguments, which says how long the list is: first, last',
  );
  expect(problemOf('{ newest(first: 1, last: 2) { id } }')).toMatch('exactly one');
  expect(problemOf('query ($n: Int) { newest(first: $n) { id } }')).toMatch('exactly one');
  expect(problemOf('query ($n: Int) { newest(first: $n) { id } }', { n: 1 })).toBeNull();
  expect(problemOf('{ products { nodes { id } } }')).toBeNull();
  expect(costOf('{ newest(last: 4) { id } }')).toBe(4);
});

test('reading the schema costs by the selected elements of the schema, each time they are selected', () => {
  const one = costOf('{ __schema { types { fields { args { type { name } } } } } }');
  expect(costOf('{ __schema { queryType { name } } }')).toBe(50.5);
  expect(costOf('{ __schema { types { name } } }')).toBe(50 + Object.keys(schema.getTypeMap()).length / 2);
  expect(one).toBeGreaterThan(costOf('{ __schema { types { fields { name } } } }'));
  const aliased = Array.from(
    { length: 20 },
    (_, index) => `a${index}: __schema { types { fields { args { type { name } } } } }`,
  );
  expect(costOf(`{ ${aliased.join(' ')} }`)).toBeCloseTo(20 * one);
  const query = 'query ($with: Boolean!) { __schema { types @include(if: $with) { name } } }';
  expect(costOf(query, { with: false })).toBe(50);
});

test('the dearest lists are the nested ones, each with the argument that sets its length', () => {
  const dearest = (query: string, variables: Record<string, unknown> = {}) => {
    const context = operationContext(schema, parse(query), null);
    return context && dearestLists(context, model, DEFAULTS, variables);
  };
  const nested = 'query ($n: Int) { product { id } products(first: $n) { nodes { media { url } colors } } }';
  expect(dearest(nested, { n: 7 })).toEqual([
    { field: 'products', argument: 'first', length: 7 },
    { field: 'media', argument: null, length: DEFAULTS.assumedListSize },
  ]);
  expect(dearest('{ products { nodes { id } } }')).toEqual([{ field: 'products', argument: 'first', length: 50 }]);
  expect(dearest('{ orders(last: 9) { nodes { id } } }')).toEqual([{ field: 'orders', argument: 'last', length: 9 }]);
  expect(dearest('{ product { id } }')).toEqual([]);
});

test('the cost of an operation with nested abstract types is calculated quickly', () => {
  const next = (n: number) => `next(first: Int): [Node] @cost(weight: ${n}) @listSize(slicingArguments: ["first"])`;
  const kinds = Array.from({ length: 30 }, (_, n) => `type T${n} implements Node { ${next(n)} }`);
  const sdl = `directive @cost(weight: Int!) on FIELD_DEFINITION
    directive @listSize(slicingArguments: [String!]) on FIELD_DEFINITION
    interface Node { next(first: Int): [Node] } type Query { next: Node } ${kinds.join(' ')}`;
  const deep = Array.from({ length: 11 }).reduce<string>((inner) => `{ next(first: $n) ${inner} }`, '{ __typename }');
  const context = operationContext(buildSchema(sdl), parse(`query ($n: Int) { next ${deep} }`), null);
  const costs = readCostModel(parse(sdl), { cost: 'cost', listSize: 'listSize' });
  expect(context && operationCost(context, costs, { assumedListSize: 10 }).of({ n: 1 })).toBe(1 + 11 * 29);
});
