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
  if (!model) throw new Error('The operation has no route.');
  return model;
}

describe('a route is derived from its operation', () => {
  test('with parameters for the filter and the page of a list', () => {
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

  test('with path parameters from input fields, headers, and a body of the other fields', () => {
    const { parameters, body, bodyFields } = modelOf(CANCEL);
    expect(parameters.map((each) => `${each.in} ${each.name}`)).toEqual([
      'path orderId',
      'header If-Match',
      'header Idempotency-Key',
    ]);
    expect([...bodyFields.keys()]).toEqual(['reason', 'expectedVersion']);
    expect(body).toMatchObject({ variable: 'input', required: true });
  });

  test('with the path to its data, and whether the data has a version', () => {
    expect(modelOf(CANCEL).answer).toMatchObject({ path: ['order'], kind: 'one', versioned: true, refusals: true });
    expect(modelOf(LIST).answer).toMatchObject({ kind: 'page' });
  });

  test('with links to the routes whose path takes the entity', () => {
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

  test('reads its conditions at the path of the entity in the data', () => {
    const cancel = canceling(OPEN).replace('orderCancel(input: $input) {', 'orderCancel(input: $input) { note');
    const schema = `extend type CancelPayload { note: String }`;
    const sources = [DIRECTIVES, SHOW.replace('version }', 'version status }'), cancel].map((text) => new Source(text));
    const models = routeModels(operationsOf(sources, extendSchema(API, parse(schema))), REQUIREMENTS);
    const [link] = models.flatMap(({ operation, links }) =>
      operation === 'Cancel' ? links.filter(({ rel }) => rel === 'cancel') : [],
    );
    expect(link?.when).toEqual([{ field: ['order', 'status'], in: ['OPEN'] }]);
  });

  test('carries the scopes that the target requires of its caller', () => {
    const models = modelsOf(SHOW, CANCEL);
    const clauses = (rel: string) => models[0]?.links.find((each) => each.rel === rel)?.requires?.clauses;
    expect(clauses('cancel')).toEqual([[['orders:write'], ['admin']]]);
    expect(clauses('self')).toEqual([]); // The caller must be logged in.
  });

  test.each([
    [
      'reads a field that the response does not select',
      '',
      OPEN,
      /f\/1\.graphql:1: .*Cancel.*"status" is not selected/,
    ],
    ['reads a field that is selected under a condition', 'status @include(if: true)', OPEN, /without @include/],
    ['can never hold', 'status', '{ field: "status", in: ["OPEN", "SHUT"] }', /"status" is never SHUT/],
    ['counts a value that is not a list', 'status', '{ field: "status", filled: true }', /neither a list nor an Int/],
    ['compares a list', 'lines { id }', '{ field: "lines", in: ["x"] }', /"lines" is not a scalar/],
    ['reads into a list', 'lines { id }', '{ field: "lines.id", in: ["x"] }', /continues after lines/],
    ['has no comparison', 'status', '{ field: "status" }', /one of "in", "filled" and "below"/],
    [
      'has two comparisons',
      'units',
      '{ field: "units", in: ["1"], filled: true }',
      /one of "in", "filled" and "below"/,
    ],
  ])('with a condition that %s fails the generation', (_what, selected, when, message) => {
    expect(() => modelsOf(showing(selected), canceling(when))).toThrow(message);
  });

  test('of an item of a page needs no more than the address of the item', () => {
    expect(modelsOf(LIST, showing('status'), canceling(OPEN))[0]?.itemLinks.map(({ rel }) => rel)).toEqual(['self']);
  });
});

test('only these links have no condition, because every state allows the step', () => {
  const { routes } = parseRestTable(JSON.parse(readFileSync(join(OPERATIONS_FOLDER, 'rest-routes.json'), 'utf8')));
  const steps = routes
    .flatMap(({ links, itemLinks }) => [...links, ...itemLinks])
    .filter((each) => each.method !== 'GET');
  const free = new Set(steps.filter(({ when }) => !when).map(({ path }) => path));
  expect([...free].toSorted()).toEqual([
    '/catalog/products/{id}/duplicate',
    '/catalog/products/{id}/metafields',
    '/catalog/products/{productId}/variants',
    '/companies/{id}/customers',
    '/customer-groups/{id}/customers',
    '/orders/{orderId}/access-token',
    '/orders/{orderId}/details',
    '/orders/{orderId}/notes',
    '/price-lists/{id}/prices',
    '/price-lists/{id}/prices/remove',
  ]);
  expect(new Set(steps.map(({ path }) => path)).size).toBeGreaterThan(10);
});

test('a list of objects that a query parameter cannot carry fails the generation', () => {
  const text = 'query Found($of: [CancelInput!]) @rest(method: GET, path: "/found") { found(of: $of) { id } }';
  expect(() => modelsOf(text)).toThrow(/of is a list of CancelInput, which is not a pair of texts/);
});

describe('an invalid route is reported with its file and line:', () => {
  test.each([
    ['a path with an unknown variable', SHOW.replace('{id}', '{slug}'), /f\/1\.graphql:1: .*\{slug\}/],
    ['a mutation by GET', CANCEL.replace('POST', 'GET'), /A GET runs a query/],
    ['a query by PUT', SHOW.replace('GET', 'PUT'), /A GET runs a query/],
    [
      'data without a selection',
      SHOW.replace('{id}"', '{id}", data: "order.lines"'),
      /lines, which the operation does not/,
    ],
    [
      'a file without its content',
      SHOW.replace('{id}"', '{id}", bytes: "application/pdf"'),
      /needs the fields "name" and "content"/,
    ],
    ['two root fields', SHOW.replace('{ order(', '{ other: order(id: $id) { id } order('), /exactly one root field/],
  ])('%s', (_what, text, message) => {
    expect(() => modelsOf(text)).toThrow(message);
  });

  test('two operations at one address, and one path with two names for a parameter', () => {
    expect(() => modelsOf(SHOW, SHOW.replace('Show', 'Other'))).toThrow(/GET \/orders\/\{id\} is the route of/);
    const events = SHOW.replace('Show', 'A').replace('{id}"', '{id}/a"');
    const other = events.replace('query A', 'query B').replaceAll('$id', '$orderId').replace('{id}', '{orderId}');
    expect(() => modelsOf(events, other.replace('/a"', '/a"'))).toThrow(/is the route of|with other names/);
  });
});

test('a user error code without a status fails the generation', async () => {
  const description = await readRestDescription(OPERATIONS_FOLDER);
  expect(refusalStatuses({ ...description, refusals: { '404': { NOT_FOUND: 'Nothing.' } } }, API)).toEqual({
    NOT_FOUND: 404,
  });
  expect(() => refusalStatuses({ ...description, refusals: {} }, API)).toThrow(/NOT_FOUND/);
  expect(() => refusalStatuses(description, API)).toThrow(/correct .*CART_EMPTY/);
});
