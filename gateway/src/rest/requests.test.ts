import { describe, expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { fixtureParameter, fixtureRoute } from '../testing/fixture-route.ts';
import { acceptsJson, acceptsProblems } from '../http/accept.ts';
import { entityTag, hasAlready, versionOfIfMatch } from '../http/entity-tag.ts';
import { fieldNames } from './field-names.ts';
import { inputErrors } from './input-errors.ts';
import { variablesReader, type RequestValues } from './request-variables.ts';
import type { RestRoute } from './rest-table.ts';

const NOTHING: RequestValues = { path: {}, query: {}, headers: {}, body: undefined };

function read(route: Partial<RestRoute>, values: Partial<RequestValues>) {
  return variablesReader(fixtureRoute(route))({ ...NOTHING, ...values });
}

const INPUT = { variable: 'input', required: true, elsewhere: { cartId: 'is a part of the address' } };
const CART = fixtureParameter({ in: 'path', name: 'cartId', target: ['input', 'cartId'], required: true });
const VERSION = fixtureParameter({
  in: 'header',
  name: 'If-Match',
  target: ['input', 'expectedVersion'],
  kind: 'version',
});

describe('the variables of a request', () => {
  test('are built from its path, query, headers and body', () => {
    const key = fixtureParameter({ in: 'header', name: 'Idempotency-Key', target: ['input', 'key'], kind: 'key' });
    const values = {
      path: { cartId: 'c1' },
      headers: { 'idempotency-key': '"k"', 'if-match': '"v7-x"' },
      body: { lines: [1] },
    };
    expect(read({ body: INPUT, parameters: [CART, key, VERSION] }, values)).toEqual({
      ok: true,
      value: { input: { lines: [1], cartId: 'c1', key: 'k', expectedVersion: 7 } },
    });
  });

  test('include a raw body as the text that arrived', () => {
    const body = { variable: 'payload', required: true, elsewhere: {}, raw: true } as const;
    const signature = fixtureParameter({ in: 'header', name: 'Stripe-Signature', target: ['signature'], kind: 'text' });
    const values = { body: '{ "a" : 1 }\n', headers: { 'stripe-signature': 't=1,v1=00' } };
    expect(read({ body, parameters: [signature] }, values)).toEqual({
      ok: true,
      value: { payload: '{ "a" : 1 }\n', signature: 't=1,v1=00' },
    });
    expect(read({ body }, {})).toEqual({ ok: true, value: { payload: '' } });
  });

  test('fill fields of objects and lists as the table defines', () => {
    const parameters = [
      fixtureParameter({ name: 'price[min]', target: ['filter', 'price', 'min'] }),
      fixtureParameter({ name: 'sku', target: ['filter', 'skus'], list: true }),
      fixtureParameter({ name: 'sort', kind: 'sort' }),
      fixtureParameter({ name: 'inStock', target: ['filter', 'inStock'], kind: 'boolean' }),
    ];
    const query = { 'price[min]': '1', sku: ['a', 'b'], sort: 'NAME:DESC', inStock: 'false' };
    expect(read({ parameters }, { query })).toEqual({
      ok: true,
      value: {
        filter: { price: { min: '1' }, skus: ['a', 'b'], inStock: false },
        sort: { field: 'NAME', direction: 'DESC' },
      },
    });
  });

  test('are objects for pairs, and pairs with the same key become one object', () => {
    const pair = { key: 'code', value: 'values', list: true };
    const target = ['filter', 'attributes'];
    const parameters = [fixtureParameter({ name: 'attribute', target, kind: 'pair', list: true, pair })];
    const query = { attribute: ['material:Opal glass', 'size:S:1', 'material:Cork'] };
    const attributes = [
      { code: 'material', values: ['Opal glass', 'Cork'] },
      { code: 'size', values: ['S:1'] },
    ];
    expect(read({ parameters }, { query })).toEqual({ ok: true, value: { filter: { attributes } } });
  });

  test.each([undefined, null, {}])('need no body where the route takes none, and %j counts as no body', (body) => {
    expect(read({}, { body })).toMatchObject({ ok: true });
  });

  test('do not change the body', () => {
    const body = Object.freeze({ lines: [] });
    expect(read({ body: INPUT, parameters: [CART] }, { path: { cartId: 'c1' }, body })).toMatchObject({ ok: true });
  });

  test.each([
    ['a name that occurs twice', { query: { q: ['a', 'b'] } }, 'q'],
    ['an unknown name', { query: { p: 'a' } }, 'p'],
    ['an invalid number', { query: { n: '1e3' } }, 'n'],
    ['a pair without a value', { query: { j: 'material:' } }, 'j'],
    ['a pair without a key', { query: { j: [':Oak', 'a:b'] } }, 'j'],
    ['a pair without a colon', { query: { j: 'material' } }, 'j'],
    ['an invalid sort', { query: { s: 'NAME desc' } }, 's'],
    ['a body where the route takes none', { body: { a: 1 } }, null],
  ])('are refused for %s', (_what, values: Partial<RequestValues>, field) => {
    const parameters = [
      fixtureParameter({ name: 'q' }),
      fixtureParameter({ name: 'n', kind: 'integer' }),
      fixtureParameter({ name: 'j', kind: 'pair', list: true, pair: { key: 'code', value: 'values', list: true } }),
      fixtureParameter({ name: 's', kind: 'sort' }),
    ];
    expect(read({ parameters }, values)).toMatchObject({ ok: false, error: { status: 400, errors: [{ field }] } });
  });

  test('keep numbers that JavaScript cannot represent', () => {
    const parameters = [fixtureParameter({ name: 'n', kind: 'number' })];
    const values = { query: { n: '-0012345678901234567.5' } };
    const variables = read({ parameters }, values);
    expect(JSON.stringify(variables)).toContain('"n":-12345678901234567.5');
  });

  test('are refused with all faults at once', () => {
    const refused = read(
      { parameters: [fixtureParameter({ name: 'limit', kind: 'limit' })] },
      { query: { limit: '0', x: '1' } },
    );
    expect(refused).toMatchObject({ error: { errors: [{ field: 'x' }, { field: 'limit' }] } });
  });

  test('accept a version in If-Match or in the body, and refuse two that differ', () => {
    const route = { body: INPUT, parameters: [VERSION] };
    const body = { expectedVersion: 3 };
    expect(read(route, { body, headers: { 'if-match': '"v3-x"' } })).toMatchObject({ ok: true });
    expect(read(route, { body, headers: { 'if-match': '"v4-x"' } })).toMatchObject({
      error: { errors: [{ field: 'If-Match' }] },
    });
  });
});

describe('If-Match', () => {
  test.each([
    ['"v3-abc_-"', 3],
    ['W/"v3-abc"', 3],
    ['"3"', 3],
    ['3', 3],
    ['*', null],
  ])('%s asks for version %s', (header, version) => {
    expect(versionOfIfMatch(header)).toEqual({ ok: true, value: version });
  });

  test.each(['', '"abc"', '"v1-a", "v2-b"', 'v-1'])('%s is refused', (header) => {
    expect(versionOfIfMatch(header)).toMatchObject({ ok: false });
  });
});

describe('an entity tag', () => {
  test('differs with the content, also for the same version', () => {
    expect(entityTag('a', 3)).not.toBe(entityTag('b', 3));
    expect(entityTag('a', 3)).toMatch(/^"v3-[\w-]+"$/);
    expect(entityTag('a', null)).toMatch(/^W\//);
  });

  test('matches in a list, weakened by a proxy, or by a star', () => {
    const tag = entityTag('a', 3);
    expect([`"x", ${tag}`, `W/${tag}`, '*'].map((header) => hasAlready(header, tag))).toEqual([true, true, true]);
    expect([undefined, '"x"', ''].map((header) => hasAlready(header, tag))).toEqual([false, false, false]);
  });
});

test.each([
  [undefined, true],
  ['application/json', true],
  ['text/html, application/xhtml+xml, */*;q=0.8', true],
  ['application/problem+json', true],
  ['text/html', false],
  ['application/json;q=0', false],
  ['application/json; q=0.0, text/csv', false],
  ['application/*;q=0, */*', false],
  ['application/json;q=0, application/problem+json;q=0, */*', false],
  ['application/json;q=0.3, text/csv', true],
])('Accept: %s accepts JSON: %s', (accept, takes) => {
  expect(acceptsJson(accept)).toBe(takes);
});

test.each([
  [undefined, true],
  ['*/*', true],
  ['application/json, application/problem+json', true],
  ['application/json', false],
  ['application/json, text/plain', false],
  ['*/*, application/problem+json;q=0', false],
])('Accept: %s accepts problems: %s', (accept, takes) => {
  expect(acceptsProblems(accept)).toBe(takes);
});

describe('a value of the wrong type', () => {
  const schema = buildSchema(`
    type Query { a(input: LinesInput!): Int }
    enum Color { RED GREEN }
    input LinesInput { cartId: ID!, lines: [LineInput!]!, color: Color }
    input LineInput { quantity: Int! }
  `);
  const route = fixtureRoute({
    variables: [{ name: 'input', type: 'LinesInput!', hasDefault: false }],
    parameters: [CART],
    body: INPUT,
    inputs: [{ field: [], variable: ['input'] }],
  });

  function errorsOf(input: unknown): readonly string[] {
    return inputErrors(schema, route, { input }, fieldNames(route)).map(({ code, field }) => `${code} ${field}`);
  }

  test('is reported with its REST name, each of several', () => {
    const input = { cartId: 'c', lines: [{ quantity: 'x' }, {}], colour: 1, color: 'BLUE' };
    expect(errorsOf(input)).toEqual([
      'INVALID_VALUE lines.0.quantity',
      'MISSING_FIELD lines.1.quantity',
      'INVALID_VALUE color',
      'UNKNOWN_FIELD colour',
    ]);
  });

  test('is reported without the types of the graph', () => {
    const messages = inputErrors(
      schema,
      route,
      { input: { cartId: 'c', lines: [], color: 'BLUE' } },
      fieldNames(route),
    );
    expect(messages.map(({ message }) => message)).toEqual([
      'color is not valid: there is no value "BLUE": use RED or GREEN',
    ]);
  });

  test('of a parameter has the name of the parameter, and a sort its own', () => {
    const listed = buildSchema(`
      type Query { a(filter: Filter, sort: Sort): Int }
      input Filter { price: Price }
      input Price { min: Int, currencyCode: String! }
      input Sort { field: SortField! }
      enum SortField { NAME PRICE NEWEST }
    `);
    const list = fixtureRoute({
      variables: [
        { name: 'filter', type: 'Filter', hasDefault: false },
        { name: 'sort', type: 'Sort', hasDefault: false },
      ],
      parameters: [
        fixtureParameter({ name: 'price[min]', target: ['filter', 'price', 'min'] }),
        fixtureParameter({ name: 'price[currencyCode]', target: ['filter', 'price', 'currencyCode'] }),
        fixtureParameter({ name: 'sort', kind: 'sort' }),
      ],
    });
    const variables = { filter: { price: { min: 1 } }, sort: { field: 'CREATED_AT' } };
    expect(inputErrors(listed, list, variables, fieldNames(list))).toEqual([
      {
        code: 'MISSING_FIELD',
        field: 'price[currencyCode]',
        message: 'price[currencyCode] is required: add it',
      },
      {
        code: 'INVALID_VALUE',
        field: 'sort',
        message: 'sort is not valid: there is no value "CREATED_AT": use NAME, PRICE or NEWEST',
      },
    ]);
  });

  test('is not reported for a valid request', () => {
    expect(errorsOf({ cartId: 'c', lines: [{ quantity: 1 }] })).toEqual([]);
  });
});
