import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startFixtureGateway, type FixtureGateway } from '../testing/fixture-gateway.ts';
import { TENANT } from '../testing/fixture-identity.ts';

let gateway: FixtureGateway;
beforeAll(async () => {
  gateway = await startFixtureGateway();
});
afterAll(() => gateway.app.close());
afterEach(() => {
  gateway.world.stockContexts.length = 0;
});

const ask = async (query: string, variables?: unknown) => (await gateway.graphql(query, {}, variables)).body;

test('one query is answered by two subgraphs', async () => {
  expect(await ask('{ products { name available } }')).toEqual({
    data: { products: [1, 2].map((n) => ({ name: `Lamp ${n}`, available: 3 })) },
  });
});

test('every fetch of a request has the same context, and each request has its own', async () => {
  await ask('{ products { warehouse } product(id: "1") { warehouse } }');
  expect(gateway.world.stockContexts).toHaveLength(1);
  await ask('{ products { warehouse } }');
  expect(gateway.world.stockContexts).toHaveLength(2);
  expect(gateway.world.stockContexts[0]).toMatchObject({ tenantId: TENANT, actor: { kind: 'anonymous' } });
});

test('@skip and @include apply across subgraphs', async () => {
  const query =
    'query ($with: Boolean!) { product(id: "1") { id available @include(if: $with) name @skip(if: $with) } }';
  expect(await ask(query, { with: true })).toEqual({ data: { product: { id: '1', available: 3 } } });
  expect(await ask(query, { with: false })).toEqual({ data: { product: { id: '1', name: 'Lamp 1' } } });
});

test('the schema can be read, without the types of the federation', async () => {
  const { data } = await ask('{ __schema { types { name } } __type(name: "Product") { fields { name } } }');
  const text = JSON.stringify(data);
  expect(text).toContain('available');
  expect(text).not.toMatch(/join__|_Service|_Entity/);
});

describe('an unexpected error', () => {
  test('is masked, names the subgraph, and makes only its own field null', async () => {
    const { data, errors } = await ask('{ crash products { id } }');
    expect(data).toEqual({ crash: null, products: [{ id: '1' }, { id: '2' }] });
    expect(errors).toEqual([
      {
        message: 'Something went wrong',
        path: ['crash'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', service: 'catalog', requestId: expect.any(String) },
      },
    ]);
  });

  test('is logged unmasked, under the request id that the client got', async () => {
    const { headers, body } = await gateway.graphql('{ stockCrash }');
    const requestId = headers.get('x-request-id');
    expect(body.errors?.[0]?.extensions).toMatchObject({ service: 'stock', requestId });
    const entry = gateway.logs.find((line) => line.includes(String(requestId)));
    expect(entry).toContain('select secret from shelves');
  });

  test('of graphql-js about a value is masked too', async () => {
    const { data, errors } = await ask('{ color }');
    expect(data).toEqual({ color: null });
    expect(JSON.stringify(errors)).not.toContain('GREEN');
  });
});

test('an error for the client arrives without internal details', async () => {
  expect(await ask('{ refuse }')).toEqual({
    data: { refuse: null },
    errors: [{ message: 'Not on Sundays', path: ['refuse'], extensions: { code: 'CLOSED', service: 'catalog' } }],
  });
  expect((await ask('{ deny }')).errors?.[0]?.extensions).toEqual({ code: 'FORBIDDEN' });
});

test('a subgraph that is down leaves null in its own fields, and the error names it', async () => {
  const down = {
    fetch: () => Promise.reject(new Error('ECONNREFUSED 10.0.0.1')),
    subscribe: () => Promise.reject(new Error('down')),
  };
  const half = await startFixtureGateway({ stock: down });
  const { status, body } = await half.graphql('{ products { name available } }');
  await half.app.close();
  expect(status).toBe(200);
  expect(body.data).toEqual({ products: [1, 2].map((n) => ({ name: `Lamp ${n}`, available: null })) });
  expect(body.errors).toHaveLength(1);
  expect(body.errors?.[0]).toMatchObject({ extensions: { service: 'stock', code: 'INTERNAL_SERVER_ERROR' } });
  expect(JSON.stringify(body)).not.toContain('ECONNREFUSED');
});

describe("a client's mistake is reported", () => {
  const failure = async (query: string, variables?: unknown) => {
    const { status, body } = await gateway.graphql(query, {}, variables);
    return { status, code: body.errors?.[0]?.extensions?.['code'] };
  };

  test('in the syntax', async () => {
    expect(await failure('{ products {')).toEqual({ status: 400, code: 'GRAPHQL_PARSE_FAILED' });
  });

  test('in the schema', async () => {
    expect(await failure('{ nothing }')).toEqual({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' });
  });

  test('in a variable', async () => {
    expect(await failure('query ($id: ID!) { product(id: $id) { id } }')).toEqual({
      status: 400,
      code: 'BAD_USER_INPUT',
    });
  });

  test('by null for a non-null variable', async () => {
    const query = 'query ($with: Boolean = true) { products @include(if: $with) { id } }';
    expect(await ask(query, { with: null })).toMatchObject({
      errors: [
        { message: expect.stringContaining('"$with" must not be null'), extensions: { code: 'BAD_USER_INPUT' } },
      ],
    });
  });

  test('in the name of the operation', async () => {
    expect(await failure('query A { products { id } } query B { products { id } }')).toMatchObject({
      code: 'OPERATION_RESOLUTION_FAILURE',
    });
  });

  test('by subscribing over HTTP', async () => {
    const { status, body } = await gateway.graphql('subscription { productChanged { id } }');
    expect(status).toBe(400);
    expect(body.errors?.[0]?.message).toContain('WebSocket');
  });
});
