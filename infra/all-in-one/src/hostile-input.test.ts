import { createSign, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Answer, Data, Headers } from './testing/graphql-client.ts';
import { CART_CREATE, CHECKOUT_COMPLETE, ORDERS } from './testing/operations.ts';
import type { Article } from './testing/test-shop.ts';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from './testing/test-souk.ts';

let installation: TestInstallation;
let souk: TestSouk;
let lamp: Article;
beforeAll(async () => {
  installation = await openInstallation();
  souk = await startTestSouk(installation);
  lamp = await souk.shop.offer({ north: 5, south: 0 });
});
afterEach(async () => {
  expect(await souk.data('{ products(first: 1) { nodes { name } } }')).toEqual({
    products: { nodes: [{ name: lamp.name }] },
  });
});
afterAll(async () => {
  await souk.stop();
  await installation.database.drop();
});

function complaints({ data, errors }: Answer): readonly { readonly code: string; readonly message: string }[] {
  const userErrors = Object.values(data ?? {}).flatMap((payload) => payload?.userErrors ?? []);
  return [...errors.map(({ message, extensions }) => ({ message, code: extensions.code })), ...userErrors];
}

function expectRefusal(answer: Answer, code: string, message: RegExp): void {
  expect(answer.status).toBeLessThan(500);
  expect(complaints(answer)).toContainEqual(expect.objectContaining({ code, message: expect.stringMatching(message) }));
}

const json = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };
const post = (body: string, headers: Headers = json) => souk.send({ method: 'POST', headers, body });
const nested = (depth: number) =>
  `{ categories { nodes { ${'children { nodes { '.repeat(depth)} id ${' } }'.repeat(depth)} } } }`;

describe('requests without a valid operation', () => {
  test.each<[what: string, send: () => Promise<Answer>, status: number, message: RegExp]>([
    ['broken JSON', () => post('{"query": "{ __typename }"'), 400, /JSON/],
    ['no body', () => post(''), 400, /body/i],
    ['a body that is not an object', () => post('"{ __typename }"'), 400, /object/i],
    ['null', () => post('null'), 400, /body/i],
    ['a batch', () => post('[{"query":"{ __typename }"}]'), 400, /batch/i],
    ['no query', () => post('{}'), 400, /`query`/],
    ['an empty query', () => post('{"query":""}'), 400, /query/],
    ['a query that is not a text', () => post('{"query":{}}'), 400, /`query` must be text/],
    ['variables that are not an object', () => post('{"query":"{ __typename }","variables":"x"}'), 400, /variables/],
    ['an unknown operation name', () => post('{"query":"query A { __typename }","operationName":"B"}'), 400, /"B"/],
    ['a text that is not GraphQL', () => souk.run('select * from orders'), 400, /Syntax Error/],
    ['an unknown field', () => souk.run('{ passwords }'), 400, /"passwords"/],
    ['fragments in a circle', () => souk.run('{ ...A } fragment A on Query { ...A }'), 400, /"A"/],
    [
      'a form',
      () => post('query=%7B__typename%7D', { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
      /application\/json/,
    ],
    [
      'a mutation by GET',
      () =>
        souk.send(
          { method: 'GET', headers: json },
          '?query=mutation%7Blogout(input:%7BrefreshToken:%22x%22%7D)%7B__typename%7D%7D',
        ),
      405,
      /GET/,
    ],
    ['a GET from a foreign page', () => souk.send({ method: 'GET' }, '?query=%7B__typename%7D'), 400, /CSRF/],
    [
      'a subscription without a socket',
      () => souk.run('subscription { ordersChanged { type } }', {}, souk.owner),
      400,
      /WebSocket/,
    ],
  ])('%s is refused with the reason', async (_what, send, status, message) => {
    const answer = await send();
    expect(answer.status).toBe(status);
    expect(answer.errors[0]?.message).toMatch(message);
    expect(answer.errors[0]?.extensions.code).not.toBe('INTERNAL_SERVER_ERROR');
  });
});

describe('operations above a limit', () => {
  test.each<[what: string, send: () => Promise<Answer>, code: string, message: RegExp]>([
    [
      'a body of 10 MB',
      () => post(JSON.stringify({ query: '{ __typename }', variables: { x: 'x'.repeat(10_000_000) } })),
      'PAYLOAD_TOO_LARGE',
      /larger than \d+ bytes/,
    ],
    ['a deep query', () => souk.run(nested(20)), 'OPERATION_TOO_LARGE', /\d+ fields deep; at most \d+/],
    [
      'many aliases',
      () => souk.run(`{ categories { nodes { ${Array.from({ length: 150 }, (_, at) => `a${at}: id`).join(' ')} } } }`),
      'OPERATION_TOO_LARGE',
      /150 aliases; at most 100/,
    ],
    [
      'many root fields',
      () => souk.run(`{ ${Array.from({ length: 50 }, (_, at) => `a${at}: __typename`).join(' ')} }`),
      'OPERATION_TOO_LARGE',
      /50 root fields; at most 20/,
    ],
    ['a long text', () => souk.run(`{ ${'__typename '.repeat(20_000)} }`), 'GRAPHQL_PARSE_FAILED', /5000 tokens/],
    ['fragments that multiply', () => souk.run(multiplied()), 'OPERATION_TOO_LARGE', /at most/],
    [
      'more than a page',
      () => souk.run('{ products(first: 10000) { nodes { id } } }'),
      'BAD_USER_INPUT',
      /first.*1 to 200/,
    ],
    ['a page of 0', () => souk.run('{ products(first: 0) { nodes { id } } }'), 'BAD_USER_INPUT', /first.*1 to 200/],
    ['a page of -1', () => souk.run(ORDERS, { first: -1 }, souk.owner), 'BAD_USER_INPUT', /first.*1 to 200/],
    ['a number above 32 bits', () => souk.run(ORDERS, { first: 2 ** 31 }, souk.owner), 'BAD_USER_INPUT', /32-bit/],
    ['an invented cursor', () => souk.run(ORDERS, { after: 'garbage' }, souk.owner), 'BAD_USER_INPUT', /cursor/i],
    ['a cursor of another list', () => foreignCursor(), 'BAD_USER_INPUT', /cursor/i],
  ])('%s is refused', async (_what, send, code, message) => expectRefusal(await send(), code, message));

  /** Builds nested fragments that expand to 2^20 fields. */
  function multiplied(): string {
    const fragments = Array.from({ length: 20 }, (_, at) => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`);
    return `{ ...F0 } ${fragments.join(' ')} fragment F20 on Query { __typename }`;
  }

  async function foreignCursor(): Promise<Answer> {
    const { products } = await souk.data('{ products(first: 1) { pageInfo { endCursor } } }');
    return souk.run(ORDERS, { after: products.pageInfo.endCursor }, souk.owner);
  }
});

describe('invalid input', () => {
  const line = (values: Data = {}) => ({ variantId: lamp.variantId, quantity: 1, ...values });
  const open = (input: Data) => souk.run(CART_CREATE, { input });
  const pay = (cartId: string, values: Data = {}) =>
    souk.run(CHECKOUT_COMPLETE, { input: { cartId, payment: { provider: 'TEST', token: 'tok_visa' }, ...values } });

  test.each<[what: string, send: () => Promise<Answer>, code: string, message: RegExp]>([
    [
      'a text in a query that is not an id',
      () => souk.run('{ order(id: "1; drop table") { id } }'),
      'BAD_USER_INPUT',
      /"id".*not an id/,
    ],
    ['a text in a mutation that is not an id', () => pay('x'), 'INVALID_INPUT', /cartId is not an id/],
    ['an unknown id', () => pay(randomUUID()), 'NOT_FOUND', /no such cart/i],
    ['a quantity of 0', () => open({ lines: [line({ quantity: 0 })] }), 'INVALID_INPUT', /quantity.*from 1/],
    ['a quantity of -1', () => open({ lines: [line({ quantity: -1 })] }), 'INVALID_INPUT', /quantity.*from 1/],
    ['a quantity of 10^9', () => open({ lines: [line({ quantity: 1e9 })] }), 'INVALID_INPUT', /quantity.*to \d+/],
    ['a quantity of 2^31', () => open({ lines: [line({ quantity: 2 ** 31 })] }), 'BAD_USER_INPUT', /32-bit/],
    ['half a unit', () => open({ lines: [line({ quantity: 0.5 })] }), 'BAD_USER_INPUT', /non-integer/],
    ['a text instead of a number', () => open({ lines: [line({ quantity: '1' })] }), 'BAD_USER_INPUT', /quantity.*Int/],
    ['an unknown member', () => open({ price: '0.01' }), 'BAD_USER_INPUT', /"price" is not defined/],
    [
      'a missing member',
      () => open({ lines: [{ variantId: lamp.variantId }] }),
      'BAD_USER_INPUT',
      /quantity.*required/,
    ],
    ['an unknown variant', () => open({ lines: [line({ variantId: randomUUID() })] }), 'VARIANT_NOT_FOUND', /.+/],
    ['an unknown currency', () => open({ currencyCode: 'XYZ' }), 'BAD_USER_INPUT', /XYZ.*ISO 4217/],
    ['a currency without prices', () => open({ lines: [line()], currencyCode: 'JPY' }), 'PRICE_MISSING', /JPY/],
    ['an empty cart', async () => pay(await emptyCart()), 'CART_EMPTY', /cartLinesAdd/],
    ['a cart without an address', async () => pay(await emptyCart()), 'ADDRESS_MISSING', /cartAddressSet/],
    [
      'an idempotency key of 300 characters',
      async () => pay(await emptyCart(), { idempotencyKey: 'k'.repeat(300) }),
      'IDEMPOTENCY_KEY_INVALID',
      /16 to 255/,
    ],
    ['an empty idempotency key', () => open({ idempotencyKey: '' }), 'IDEMPOTENCY_KEY_INVALID', /16 to 255/],
    [
      'an idempotency key that another caller may use',
      () => open({ idempotencyKey: '1' }),
      'IDEMPOTENCY_KEY_INVALID',
      /UUID/,
    ],
    ['a NUL in a text', () => souk.run('{ product(slug: "a\\u0000b") { id } }'), 'BAD_USER_INPUT', /NUL/],
    [
      'an unknown card token',
      async () => pay(await souk.buyer.fillCart(lamp), { payment: { provider: 'TEST', token: "' or 1=1" } }),
      'PAYMENT_DECLINED',
      /invalid_token/,
    ],
    [
      'an unknown provider',
      () => pay(randomUUID(), { payment: { provider: 'MAFIA', token: 'x' } }),
      'BAD_USER_INPUT',
      /"MAFIA"/,
    ],
  ])('%s is refused with the reason', async (_what, send, code, message) => expectRefusal(await send(), code, message));

  async function emptyCart(): Promise<string> {
    return (await souk.data(CART_CREATE, { input: {} })).cartCreate.cart.id;
  }
});

describe('callers with a wrong identity', () => {
  test.each<[what: string, headers: () => Headers, status: number, code: string]>([
    ['a malformed token', () => ({ authorization: 'Bearer garbage' }), 401, 'UNAUTHENTICATED'],
    ['a header with another scheme', () => ({ authorization: 'Basic b3duZXI6cHc=' }), 401, 'UNAUTHENTICATED'],
    ['an expired token', () => resigned({ exp: Math.floor(Date.now() / 1000) - 60 }), 401, 'UNAUTHENTICATED'],
    [
      'a token with another signature',
      () => ({ authorization: `${souk.owner.authorization?.slice(0, -6)}AAAAAA` }),
      401,
      'UNAUTHENTICATED',
    ],
    ['a token without an algorithm', () => unsigned(), 401, 'UNAUTHENTICATED'],
    ['a token for another audience', () => resigned({ aud: 'another' }), 401, 'UNAUTHENTICATED'],
    ['a malformed tenant', () => ({ 'x-tenant-id': 'no shop' }), 400, 'TENANT_INVALID'],
    ['an unknown tenant', () => ({ 'x-tenant-id': randomUUID() }), 404, 'TENANT_NOT_FOUND'],
    [
      "another tenant than the token's",
      () => ({ ...souk.owner, 'x-tenant-id': souk.shop.rivalTenantId }),
      403,
      'TENANT_MISMATCH',
    ],
  ])('%s is refused without data', async (_what, headers, status, code) => {
    const answer = await souk.run('{ products(first: 1) { nodes { id } } }', {}, headers());
    expect([answer.status, answer.data, answer.errors[0]?.extensions.code]).toEqual([status, null, code]);
  });

  test('a token that is signed again without a change is accepted, which proves that the cases above fail for their own reason', async () => {
    expect(await souk.data('{ me { email } }', {}, resigned({}))).toMatchObject({ me: { email: expect.any(String) } });
  });

  test.each([
    ['orders', ORDERS],
    ['warehouses', '{ warehouses { nodes { id } } }'],
    ['payments', '{ payments { nodes { id } } }'],
    ['customers', '{ customers { nodes { email } } }'],
  ])('an anonymous caller reads no %s', async (_what, query) => {
    const answer = await souk.run(query);
    expect(Object.values(answer.data ?? {}).filter((value) => value !== null)).toEqual([]);
    expect(answer.errors[0]).toMatchObject({
      message: expect.stringMatching(/Sign in/),
      extensions: { code: 'UNAUTHENTICATED' },
    });
  });

  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const decode = (part = ''): Data => JSON.parse(Buffer.from(part, 'base64url').toString());

  /** Returns the owner's token with changed claims, signed with the real key of the installation. */
  function resigned(claims: Data): Headers {
    const [header, payload] = ownersToken();
    const signed = `${encode(header)}.${encode({ ...payload, ...claims })}`;
    const signature = createSign('RSA-SHA256')
      .update(signed)
      .sign(String(installation.secrets['signingKeyPem']), 'base64url');
    return { authorization: `Bearer ${signed}.${signature}` };
  }

  function unsigned(): Headers {
    const [, payload] = ownersToken();
    return { authorization: `Bearer ${encode({ alg: 'none', typ: 'JWT' })}.${encode(payload)}.` };
  }

  function ownersToken(): [Data, Data] {
    const [header, payload] = souk.owner.authorization?.replace('Bearer ', '').split('.') ?? [];
    return [decode(header), decode(payload)];
  }
});
