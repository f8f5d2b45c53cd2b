import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startFixtureGateway, type FixtureGateway } from '../testing/fixture-gateway.ts';

let gateway: FixtureGateway;
beforeAll(async () => {
  gateway = await startFixtureGateway();
});
afterAll(() => gateway.app.close());

/** Sends the query as a user with these scopes. Without a scope the caller is anonymous. */
async function ask(query: string, scope?: string, variables?: unknown) {
  const headers = scope === undefined ? {} : { authorization: `Bearer ${await gateway.identity.token({ scope })}` };
  return (await gateway.graphql(query, headers, variables)).body;
}

const denied = (code: string, ...path: readonly string[]) => expect.objectContaining({ path, extensions: { code } });

test('an anonymous caller gets null and UNAUTHENTICATED for a protected field, and the rest of the operation', async () => {
  const { data, errors } = await ask('{ orders { id } products { name } }');
  expect(data).toEqual({ orders: null, products: [{ name: 'Lamp 1' }, { name: 'Lamp 2' }] });
  expect(errors).toEqual([denied('UNAUTHENTICATED', 'orders')]);
  expect(errors?.[0]?.message).toContain('Authorization: Bearer');
});

test('an operation of nothing but a protected field is answered with null', async () => {
  expect(await ask('{ orders { id } }')).toEqual({
    data: { orders: null },
    errors: [denied('UNAUTHENTICATED', 'orders')],
  });
});

describe('scopes', () => {
  test('one of the alternatives suffices', async () => {
    const orders = [{ id: 'o1' }];
    expect(await ask('{ orders { id } }', 'orders:read')).toEqual({ data: { orders } });
    expect(await ask('{ orders { id } }', 'admin orders:all')).toEqual({ data: { orders } });
  });

  test('a user without the scopes gets FORBIDDEN', async () => {
    expect(await ask('{ orders { id } }', 'admin')).toEqual({
      data: { orders: null },
      errors: [denied('FORBIDDEN', 'orders')],
    });
  });
});

test('being signed in is enough for @authenticated', async () => {
  expect((await ask('{ me }')).errors).toEqual([denied('UNAUTHENTICATED', 'me')]);
  expect((await ask('{ me }', '')).errors).toBeUndefined();
});

test('an alias, a fragment and an inline fragment do not evade the check', async () => {
  const { data, errors } = await ask(
    'query { mine: orders { id } ...More } fragment More on Query { ... { theirs: orders { total } } }',
  );
  expect(data).toEqual({ mine: null, theirs: null });
  expect(errors).toEqual([denied('UNAUTHENTICATED', 'mine'), denied('UNAUTHENTICATED', 'theirs')]);
});

test('a protected type protects every field of that type', async () => {
  const { data, errors } = await ask('{ products { name supplier { name } } }');
  expect(data).toEqual({ products: [1, 2].map((n) => ({ name: `Lamp ${n}`, supplier: null })) });
  expect(errors).toEqual([denied('UNAUTHENTICATED', 'products', 'supplier')]);
});

test('an anonymous caller cannot reach a protected field through a union', async () => {
  const { data, errors } = await ask('{ anything { ... on Product { name code } } }');
  expect(data).toEqual({ anything: { name: 'Lamp 1', code: null } });
  expect(errors).toEqual([denied('UNAUTHENTICATED', 'anything', 'code')]);
});

test('a denied non-null field makes its parent null', async () => {
  const { data, errors } = await ask('{ product(id: "1") { name cost } }', '');
  expect(data).toEqual({ product: null });
  expect(errors).toEqual([denied('FORBIDDEN', 'product', 'cost')]);
  expect(await ask('{ products { cost } }', '')).toMatchObject({ data: null });
});

test('a protected key that the plan needs is fetched, and not shown', async () => {
  const { data } = await ask('{ product(id: "1") { code available } }');
  expect(data).toEqual({ product: { code: null, available: 3 } });
  expect(await ask('{ product(id: "1") { code available } }', '')).toEqual({
    data: { product: { code: 'code-1', available: 3 } },
  });
});

test('the fields of an answer keep the order of the query', async () => {
  const { data } = await ask('{ product(id: "1") { id code name } }');
  expect(JSON.stringify(data)).toBe('{"product":{"id":"1","code":null,"name":"Lamp 1"}}');
});

test('a field that @include leaves out reports no error', async () => {
  const query = 'query ($staff: Boolean = false) { orders @include(if: $staff) { id } products { id } }';
  expect((await ask(query)).errors).toBeUndefined();
  expect((await ask(query, undefined, { staff: true })).errors).toEqual([denied('UNAUTHENTICATED', 'orders')]);
});

test('a protected mutation never runs, and the other mutations of the operation do', async () => {
  const { data, errors } = await ask('mutation { productRename(id: "1", name: "x") { id } ping }');
  expect(data).toEqual({ productRename: null, ping: '1' });
  expect(errors).toEqual([denied('UNAUTHENTICATED', 'productRename')]);
  expect(gateway.world.ran).toEqual(['ping']);
  await ask('mutation { productRename(id: "1", name: "x") { id } }', 'products:manage');
  expect(gateway.world.ran).toEqual(['ping', 'productRename']);
});

test('a plan for one caller does not decide what the next caller sees', async () => {
  const query = '{ products { id cost } }';
  expect((await ask(query, 'products:manage')).errors).toBeUndefined();
  expect((await ask(query)).errors).toEqual([denied('UNAUTHENTICATED', 'products', 'cost')]);
  expect((await ask(query, 'products:manage')).errors).toBeUndefined();
});
