import { describe, expect, test } from '@jest/globals';
import { buildSchema, Source } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPERATIONS_FOLDER } from '../operations/committed-operations.ts';
import { operationsOf } from '../operations/read-operations.ts';
import { readRestDescription, refusalStatuses } from './rest-description.ts';
import { routeModels, type RouteModel } from './route-model.ts';

const API = buildSchema(`
  enum UserErrorCode { NOT_FOUND }
  type UserError { code: UserErrorCode! message: String! field: [String!] }
  type Order { id: ID! version: Int! }
  type OrderConnection { nodes: [Order!]! pageInfo: PageInfo! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  enum Direction { ASC DESC }
  enum By { NAME }
  input Sort { field: By! direction: Direction }
  input Price { min: Int max: Int }
  input Attribute { code: String! values: [String!]! }
  input Filter { status: String price: Price attributes: [Attribute!] skus: [String!] }
  input CancelInput { orderId: ID! reason: String! expectedVersion: Int idempotencyKey: String }
  type CancelPayload { order: Order userErrors: [UserError!]! }
  type Query { found(of: [CancelInput!]): Order order(id: ID!, token: String): Order orders(first: Int, after: String, filter: Filter, sort: Sort): OrderConnection }
  type Mutation { orderCancel(input: CancelInput!): CancelPayload }
`);
const DIRECTIVES = readFileSync(join(OPERATIONS_FOLDER, 'directives.graphql'), 'utf8');

function modelsOf(...texts: readonly string[]): readonly RouteModel[] {
  const sources = [DIRECTIVES, ...texts].map((text, index) => new Source(text, `f/${index}.graphql`));
  return routeModels(operationsOf(sources, API));
}

const SHOW = 'query Show($id: ID!) @rest(method: GET, path: "/orders/{id}") { order(id: $id) { id version } }';
const CANCEL =
  'mutation Cancel($input: CancelInput!) @rest(method: POST, path: "/orders/{orderId}/cancel") { orderCancel(input: $input) { order { id version } userErrors { code message field } } }';
const LIST = `query List($first: Int! = 50, $after: String, $filter: Filter, $sort: Sort) @rest(method: GET, path: "/orders") {
  orders(first: $first, after: $after, filter: $filter, sort: $sort) { nodes { id } pageInfo { hasNextPage endCursor } }
}`;

function modelOf(text: string): RouteModel {
  const [model] = modelsOf(text);
  if (!model) throw new Error('the text has no route');
  return model;
}

describe('a route is derived from its operation', () => {
  test('parameters of a list by their names and types', () => {
    const { parameters } = modelOf(LIST);
    expect(parameters.map(({ name, kind, target }) => `${name} ${kind} ${target.join('.')}`)).toEqual([
      'limit limit first',
      'cursor text after',
      'status text filter.status',
      'price[min] integer filter.price.min',
      'price[max] integer filter.price.max',
      'attribute pair filter.attributes',
      'skus text filter.skus',
      'sort sort sort',
    ]);
  });

  test('fields of an input that the path names, headers, and the rest as a body', () => {
    const { parameters, body, bodyFields } = modelOf(CANCEL);
    expect(parameters.map((each) => `${each.in} ${each.name}`)).toEqual([
      'path orderId',
      'header If-Match',
      'header Idempotency-Key',
    ]);
    expect([...bodyFields.keys()]).toEqual(['reason', 'expectedVersion']);
    expect(body).toMatchObject({ variable: 'input', required: true });
  });

  test('what is shown, and that it has a version', () => {
    expect(modelOf(CANCEL).answer).toMatchObject({ path: ['order'], kind: 'one', versioned: true, refusals: true });
    expect(modelOf(LIST).answer).toMatchObject({ kind: 'page' });
  });

  test('links to what takes the thing, by the addresses of the other routes', () => {
    const links = modelsOf(SHOW, CANCEL, LIST).map(({ operation, links: of, itemLinks }) => [
      operation,
      [...of, ...itemLinks].map(({ rel, path }) => `${rel} ${path}`),
    ]);
    expect(Object.fromEntries(links)).toEqual({
      List: ['self /orders/{id}'],
      Show: ['self /orders/{id}', 'cancel /orders/{orderId}/cancel'],
      Cancel: ['self /orders/{id}', 'cancel /orders/{orderId}/cancel'],
    });
  });
});

test('a list of objects that a query parameter cannot say fails the generation', () => {
  const text = 'query Found($of: [CancelInput!]) @rest(method: GET, path: "/found") { found(of: $of) { id } }';
  expect(() => modelsOf(text)).toThrow(/of is a list of CancelInput, which has not two fields of text/);
});

describe('a route that cannot be is a problem with its file and line', () => {
  test.each([
    ['a path that names no variable', SHOW.replace('{id}', '{slug}'), /f\/1\.graphql:1: .*\{slug\}/],
    ['a mutation by GET', CANCEL.replace('POST', 'GET'), /A GET runs a query/],
    ['a query by POST', SHOW.replace('GET', 'POST'), /A GET runs a query/],
    [
      'data that is not selected',
      SHOW.replace('{id}"', '{id}", data: "order.lines"'),
      /lines, which the operation does not/,
    ],
    ['two root fields', SHOW.replace('{ order(', '{ other: order(id: $id) { id } order('), /not one root field/],
  ])('%s', (_what, text, message) => {
    expect(() => modelsOf(text)).toThrow(message);
  });

  test('two operations at one address, and one place with two names', () => {
    expect(() => modelsOf(SHOW, SHOW.replace('Show', 'Other'))).toThrow(/GET \/orders\/\{id\} is the route of/);
    const events = SHOW.replace('Show', 'A').replace('{id}"', '{id}/a"');
    const other = events.replace('query A', 'query B').replaceAll('$id', '$orderId').replace('{id}', '{orderId}');
    expect(() => modelsOf(events, other.replace('/a"', '/a"'))).toThrow(/is the route of|with other names/);
  });
});

test('a code of a user error without a status fails the generation', async () => {
  const description = await readRestDescription(OPERATIONS_FOLDER);
  expect(refusalStatuses({ ...description, refusals: { '404': { NOT_FOUND: 'Nothing.' } } }, API)).toEqual({
    NOT_FOUND: 404,
  });
  expect(() => refusalStatuses({ ...description, refusals: {} }, API)).toThrow(/NOT_FOUND/);
  expect(() => refusalStatuses(description, API)).toThrow(/see to .*CART_EMPTY/);
});
