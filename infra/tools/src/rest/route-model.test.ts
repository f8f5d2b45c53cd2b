import { describe, expect, test } from '@jest/globals';
import { parseRestTable, readRequirements } from '@souk/gateway/rest';
import { buildSchema, extendSchema, parse, Source } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPERATIONS_FOLDER } from '../operations/committed-operations.ts';
import { operationsOf } from '../operations/read-operations.ts';
import { readRestDescription, refusalStatuses } from './rest-description.ts';
import { routeModels, type RouteModel } from './route-model.ts';

const API = buildSchema(`
  enum UserErrorCode { NOT_FOUND }
  type UserError { code: UserErrorCode! message: String! field: [String!] }
  enum Status { OPEN DONE }
  type Money { amount: String! }
  type Order { id: ID! version: Int! status: Status! lines: [Order!]! paid: Money! due: Money! units: Int! }
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

const SUPERGRAPH = parse(`
  directive @authenticated on FIELD_DEFINITION | OBJECT
  directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT
  type Order @authenticated { id: ID! }
  type Mutation { orderCancel: Order @requiresScopes(scopes: [["orders:write"], ["admin"]]) }
`);
const REQUIREMENTS = readRequirements(SUPERGRAPH, { authenticated: 'authenticated', requiresScopes: 'requiresScopes' });

function modelsOf(...texts: readonly string[]): readonly RouteModel[] {
  const sources = [DIRECTIVES, ...texts].map((text, index) => new Source(text, `f/${index}.graphql`));
  return routeModels(operationsOf(sources, API), REQUIREMENTS);
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

describe('a link', () => {
  const showing = (selected: string) => SHOW.replace('{ id version }', `{ id version ${selected} }`);
  const canceling = (when: string) => {
    const selected = '{ id version status lines { id } paid { amount } due { amount } units }';
    return CANCEL.replace('cancel")', `cancel", when: [${when}])`).replace('order { id version }', `order ${selected}`);
  };
  const OPEN = '{ field: "status", in: ["OPEN"] }';
  const linkIn = (operation: string, ...texts: readonly string[]) =>
    modelsOf(...texts)
      .find((each) => each.operation === operation)
      ?.links.find(({ rel }) => rel === 'cancel');

  test('carries the conditions of its target', () => {
    const terms = [OPEN, '{ field: "paid.amount", below: "due.amount" }', '{ field: "lines", filled: true }'];
    const shown = showing('status paid { amount } due { amount } lines { id }');
    expect(linkIn('Show', shown, canceling(terms.join(' ')))?.when).toEqual([
      { field: ['status'], in: ['OPEN'] },
      { field: ['paid', 'amount'], below: ['due', 'amount'] },
      { field: ['lines'], filled: true },
    ]);
  });

  test('reads its conditions where the thing lies in the data', () => {
    const cancel = canceling(OPEN).replace('orderCancel(input: $input) {', 'orderCancel(input: $input) { note');
    const schema = `extend type CancelPayload { note: String }`;
    const sources = [DIRECTIVES, SHOW.replace('version }', 'version status }'), cancel].map((text) => new Source(text));
    const models = routeModels(operationsOf(sources, extendSchema(API, parse(schema))), REQUIREMENTS);
    const [link] = models.flatMap(({ operation, links }) =>
      operation === 'Cancel' ? links.filter(({ rel }) => rel === 'cancel') : [],
    );
    expect(link?.when).toEqual([{ field: ['order', 'status'], in: ['OPEN'] }]);
  });

  test('carries what the schema asks of the callers of its target, on the way to its data', () => {
    const models = modelsOf(SHOW, CANCEL);
    const clauses = (rel: string) => models[0]?.links.find((each) => each.rel === rel)?.requires?.clauses;
    expect(clauses('cancel')).toEqual([[['orders:write'], ['admin']]]);
    expect(clauses('self')).toEqual([]); // to be logged in
  });

  test.each([
    ['reads what the answer does not select', '', OPEN, /f\/1\.graphql:1: .*Cancel.*"status" is not selected/],
    ['reads what the answer selects at times', 'status @include(if: true)', OPEN, /without @include/],
    ['can never hold', 'status', '{ field: "status", in: ["OPEN", "SHUT"] }', /"status" is never SHUT/],
    ['counts what is no list', 'status', '{ field: "status", filled: true }', /neither a list nor an Int/],
    ['compares what is no value', 'lines { id }', '{ field: "lines", in: ["x"] }', /"lines" is no single value/],
    ['looks into a list', 'lines { id }', '{ field: "lines.id", in: ["x"] }', /goes on after lines/],
    ['says nothing', 'status', '{ field: "status" }', /one of "in", "filled" and "below"/],
    ['says two things', 'units', '{ field: "units", in: ["1"], filled: true }', /one of "in", "filled" and "below"/],
  ])('whose condition %s is a problem of the generation', (_what, selected, when, message) => {
    expect(() => modelsOf(showing(selected), canceling(when))).toThrow(message);
  });

  test('of a page of things needs no more than the address of each', () => {
    expect(modelsOf(LIST, showing('status'), canceling(OPEN))[0]?.itemLinks.map(({ rel }) => rel)).toEqual(['self']);
  });
});

test('steps that are linked without a condition are those that every state allows', () => {
  const { routes } = parseRestTable(JSON.parse(readFileSync(join(OPERATIONS_FOLDER, 'rest-routes.json'), 'utf8')));
  const steps = routes
    .flatMap(({ links, itemLinks }) => [...links, ...itemLinks])
    .filter((each) => each.method !== 'GET');
  const free = new Set(steps.filter(({ when }) => !when).map(({ path }) => path));
  expect([...free].toSorted()).toEqual(['/catalog/products/{productId}/variants', '/orders/{orderId}/access-token']);
  expect(new Set(steps.map(({ path }) => path)).size).toBeGreaterThan(10);
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
