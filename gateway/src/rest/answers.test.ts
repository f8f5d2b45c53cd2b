import { describe, expect, test } from '@jest/globals';
import type { Actor } from '@souk/kit/context';
import { GraphQLError } from 'graphql';
import { fixtureParameter, fixtureRoute } from '../testing/fixture-route.ts';
import { routeReader } from './answer-data.ts';
import { crossOrigin } from './cross-origin.ts';
import { dataShaper } from './data-shape.ts';
import { envelope, envelopeHead } from './envelope.ts';
import { fieldNames } from './field-names.ts';
import { problemOfErrors } from './graphql-errors.ts';
import { linkMaker } from './links.ts';
import { pageLinks } from './page-links.ts';
import { problemsPage } from './problems-page.ts';
import type { LinkCondition } from './rest-table.ts';
import { problemOfUserErrors } from './user-errors.ts';

const STRANGER: Actor = { kind: 'anonymous' };
const userWith = (...scopes: string[]): Actor => ({ kind: 'user', userId: 'u', role: 'STAFF', scopes });

describe('links', () => {
  const link = {
    rel: 'cancel',
    method: 'POST',
    path: '/orders/{orderId}/cancel',
    values: { orderId: ['order', 'id'] },
  };
  const linksOf = linkMaker([link], '/api/v1');

  test('contain the values of the data, escaped', () => {
    expect(linksOf({ order: { id: 'a/b' } }, STRANGER)).toEqual({
      cancel: { href: '/api/v1/orders/a%2Fb/cancel', method: 'POST' },
    });
  });

  test('are left out where the data has no value', () => {
    expect([{ order: null }, null, { order: { id: 7 } }].map((data) => linksOf(data, STRANGER))).toEqual([{}, {}, {}]);
  });

  test('are present for callers who may follow them', () => {
    const forStaff = { ...link, requires: { clauses: [[['a', 'b'], ['c']], [['d']]] } };
    const shown = (actor: Actor) => Object.keys(linkMaker([forStaff], '')({ order: { id: '1' } }, actor));
    for (const actor of [userWith('a', 'b', 'd'), userWith('c', 'd')]) expect(shown(actor)).toEqual(['cancel']);
    for (const actor of [STRANGER, userWith(), userWith('a', 'd'), userWith('c')]) expect(shown(actor)).toEqual([]);
    const forUsers = linkMaker([{ ...link, requires: { clauses: [] } }], '');
    expect(forUsers({ order: { id: '1' } }, userWith())).toHaveProperty('cancel');
    expect(forUsers({ order: { id: '1' } }, STRANGER)).toEqual({});
  });

  test.each<[string, LinkCondition, unknown[], unknown[]]>([
    ['a value', { field: ['order', 'is'], in: ['A', 'true'] }, ['A', true], ['B', null, undefined, ['A'], {}]],
    ['items', { field: ['order', 'is'], filled: true }, [[1], 3], [[], 0, null, undefined, 'A']],
    [
      'a smaller amount',
      { field: ['order', 'is'], below: ['order', 'limit'] },
      ['9.00', '9.99', 0],
      ['10.00', '10', '11.5', '100.00', null, undefined, 'A'],
    ],
  ])('are present when the data has %s, and absent without the value', (_what, condition, right, wrong) => {
    const linksFor = linkMaker([{ ...link, when: [condition] }], '');
    const shown = (is: unknown) => Object.keys(linksFor({ order: { id: '1', limit: '10.00', is } }, STRANGER));
    for (const value of right) expect([value, shown(value)]).toEqual([value, ['cancel']]);
    for (const value of wrong) expect([value, shown(value)]).toEqual([value, []]);
  });

  test('are present when all of their conditions hold', () => {
    const when = ['a', 'b'].map((name) => ({ field: ['order', name], in: ['yes'] }));
    const linksFor = linkMaker([{ ...link, when }], '');
    expect(linksFor({ order: { id: '1', a: 'yes', b: 'yes' } }, STRANGER)).toHaveProperty('cancel');
    expect(linksFor({ order: { id: '1', a: 'yes', b: 'no' } }, STRANGER)).toEqual({});
  });

  test.each(['list', 'page'] as const)('of the items of a %s depend on each item and the caller', (kind) => {
    const itemLink = {
      ...link,
      values: { orderId: ['id'] },
      requires: { clauses: [[['orders:write']]] },
      when: [{ field: ['status'], in: ['OPEN'] }],
    };
    const route = fixtureRoute({ answer: { ...fixtureRoute().answer, kind }, itemLinks: [itemLink] });
    const items = [
      { id: '1', status: 'OPEN' },
      { id: '2', status: 'DONE' },
    ];
    const shown = (actor: Actor) => {
      const { data } = routeReader(route, '')(kind === 'page' ? { nodes: items } : items, {}, actor);
      return data;
    };
    const cancel = { href: '/orders/1/cancel', method: 'POST' };
    expect(shown(userWith('orders:write'))).toEqual([
      { ...items[0], _links: { cancel } },
      { ...items[1], _links: {} },
    ]);
    expect(shown(STRANGER)).toEqual(items.map((item) => ({ ...item, _links: {} })));
  });

  test('of a page keep its other parameters, and the last page has no next link', () => {
    const page = { limit: 2, cursor: 'a=b', total: null };
    expect(pageLinks('/x?limit=2&cursor=old&cursors=1', page)).toEqual({
      first: { href: '/x?limit=2&cursors=1' },
      next: { href: '/x?limit=2&cursors=1&cursor=a%3Db' },
    });
    expect(pageLinks('/x', { ...page, cursor: null })).toEqual({ first: { href: '/x' } });
  });
});

describe('data', () => {
  test('shows paged lists as plain ones, at any depth, and does not change the given data', () => {
    const given = Object.freeze({ variants: Object.freeze({ nodes: [{ media: { nodes: ['a'] } }] }), other: 1 });
    const shape = dataShaper([['variants'], ['variants', 'media']]);
    expect(shape(given)).toEqual({ variants: [{ media: ['a'] }], other: 1 });
    expect(shape(null)).toBeNull();
    expect(shape({ variants: null })).toEqual({ variants: null });
  });

  test('of a page has a cursor only when there is a next page', () => {
    const route = fixtureRoute({ answer: { ...fixtureRoute().answer, kind: 'page' } });
    const last = { nodes: [{ id: 1 }], pageInfo: { hasNextPage: false, endCursor: 'end' }, totalCount: 7 };
    expect(routeReader(route, '')(last, { first: 2 }, STRANGER)).toEqual({
      data: [{ id: 1 }],
      page: { limit: 2, cursor: null, total: 7 },
      version: null,
    });
  });

  test('is in an envelope whose text is JSON', () => {
    const head = envelopeHead({ a: 1 }, { meta: null, links: {}, errors: [] });
    expect(JSON.parse(envelope(head, 'r'))).toEqual({ status: 'success', data: { a: 1 }, _links: {}, request_id: 'r' });
  });
});

describe('user errors', () => {
  const route = fixtureRoute({
    parameters: [
      fixtureParameter({ in: 'path', name: 'lineId' }),
      fixtureParameter({ in: 'header', name: 'If-Match', target: ['expectedVersion'], kind: 'version' }),
    ],
    inputs: [
      { field: ['expectedVersion'], variable: ['expectedVersion'] },
      { field: ['lines', '0', 'lineId'], variable: ['lineId'] },
      { field: ['lines', '0', 'quantity'], variable: ['quantity'] },
    ],
  });
  const statuses = { NOT_FOUND: 404, VERSION_CONFLICT: 409, BUSY_UNAVAILABLE: 503 };
  const terms = { statuses, names: fieldNames(route), ifMatch: false };

  function problemOf(code: string, field: string[] | null, ifMatch = false) {
    const error = { __typename: 'X', code, message: 'm', field, available: 2 };
    return problemOfUserErrors([error], { ...terms, names: fieldNames(route, ifMatch), ifMatch });
  }

  test('have the status of their code, the REST name of their field, and their further members', () => {
    expect(problemOf('NOT_FOUND', ['lines', '0', 'lineId'])).toEqual({
      status: 404,
      errors: [{ code: 'NOT_FOUND', message: 'm', field: 'lineId', available: 2 }],
    });
  });

  test('with a time to wait set Retry-After', () => {
    const error = { code: 'SLOW_DOWN', message: 'm', field: null, retryAfterSeconds: 77 };
    const problem = problemOfUserErrors([error], { ...terms, statuses: { SLOW_DOWN: 429 } });
    expect(problem).toMatchObject({ status: 429, headers: { 'retry-after': '77' } });
  });

  test('of a list are about the item in the address', () => {
    const parameters = [fixtureParameter({ in: 'path', name: 'lineId' })];
    const inputs = [
      { field: ['cartId'], variable: ['cartId'] },
      { field: ['lineIds', '0'], variable: ['lineId'] },
    ];
    const { ofInput } = fieldNames(fixtureRoute({ parameters, inputs }));
    expect([ofInput(['lineIds']), ofInput(['others']), ofInput([])]).toEqual(['lineId', 'others', null]);
  });

  test('about a missing object that the body names are a 400, because the address exists', () => {
    expect(problemOf('NOT_FOUND', ['lines', '0', 'quantity'])).toMatchObject({
      status: 400,
      errors: [{ field: 'quantity' }],
    });
  });

  test('of a version are a 412 where it came in If-Match', () => {
    expect(problemOf('VERSION_CONFLICT', ['expectedVersion'], true)).toMatchObject({
      status: 412,
      errors: [{ field: 'If-Match' }],
    });
    expect(problemOf('VERSION_CONFLICT', ['expectedVersion'])).toMatchObject({
      status: 409,
      errors: [{ field: 'expectedVersion' }],
    });
    expect(problemOf('INVALID_INPUT', ['expectedVersion'], true)).toMatchObject({ errors: [{ field: 'If-Match' }] });
  });

  test('with a 503 set Retry-After, and an unlisted code is a 400', () => {
    expect(problemOf('BUSY_UNAVAILABLE', null)).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    expect(problemOf('NEW_CODE', null)).toMatchObject({ status: 400 });
  });

  test('that are empty are no problem', () => {
    expect([problemOfUserErrors([], terms), problemOfUserErrors(undefined, terms)]).toEqual([null, null]);
  });
});

describe('errors of an operation', () => {
  const problemOf = (extensions: Record<string, unknown>) =>
    problemOfErrors([new GraphQLError('m', { extensions })], fieldNames(fixtureRoute()));

  test.each([
    ['UNAUTHENTICATED', 401],
    ['FORBIDDEN', 403],
    ['BAD_USER_INPUT', 400],
    ['SUBGRAPH_UNAVAILABLE', 503],
    ['INTERNAL_SERVER_ERROR', 500],
    ['SOMETHING_ELSE', 400],
  ])('%s is a %s', (code, status) => {
    expect(problemOf({ code }).status).toBe(status);
  });

  test('that name a status and headers set both', () => {
    const problem = problemOf({ code: 'RATE_LIMITED', http: { status: 429, headers: { 'retry-after': '12' } } });
    expect(problem).toMatchObject({ status: 429, headers: { 'retry-after': '12' } });
  });
});

test('only pages of listed origins may read answers', () => {
  const some = crossOrigin(['https://shop.example']);
  expect(some('https://shop.example')).toMatchObject({ 'access-control-allow-origin': 'https://shop.example' });
  expect([some('https://evil.example'), some(undefined), crossOrigin([])('https://shop.example')]).toEqual([
    {},
    {},
    {},
  ]);
  expect(crossOrigin(['*'])('https://any.example')).toMatchObject({ 'access-control-allow-origin': '*' });
});

test('the page of problems escapes its texts', () => {
  const page = problemsPage({ refusals: { A: 400 }, refusalTexts: { A: '<script>alert(1)</script> & `<b>`' } });
  expect(page).not.toMatch(/<script|<b>/);
  expect(page).toContain('<code>&#60;b&#62;</code>');
});
