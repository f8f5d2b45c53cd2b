import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import { LOGIN, ORDERS_CHANGED } from './testing/operations.ts';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from './testing/test-souk.ts';
import { OWNER } from './testing/test-shop.ts';

let installation: TestInstallation;
let souk: TestSouk;
beforeAll(async () => {
  installation = await openInstallation();
  souk = await startTestSouk(installation);
});
afterAll(async () => {
  await souk.stop();
  await installation.database.drop();
});

const LOGOUT =
  'mutation ($refreshToken: String!) { logout(input: { refreshToken: $refreshToken }) { userErrors { code } } }';

test('a logout is in force after a restart', async () => {
  const { login } = await souk.data(LOGIN, { input: OWNER });
  await souk.data(LOGOUT, { refreshToken: login.refreshToken });
  const { owner } = souk;
  await souk.stop();
  souk = await startTestSouk(installation);
  const statusOf = async (headers: Readonly<Record<string, string>>) =>
    (await souk.run('{ me { id } }', {}, headers)).status;
  expect(await statusOf({ authorization: `Bearer ${login.accessToken}` })).toBe(401);
  expect(await statusOf(owner)).toBe(200);
});

const API_KEY_CREATE = `mutation ($input: ApiKeyCreateInput!) {
  apiKeyCreate(input: $input) { apiKey { id } secret userErrors { message } }
}`;
const API_KEY_REVOKE = 'mutation ($id: ID!) { apiKeyRevoke(input: { id: $id }) { userErrors { message } } }';

/** Creates an API key for orders. @returns its id, and the headers of a program that uses the key */
async function newApiKey(allowedAddresses: readonly string[] = []) {
  const input = { name: 'Program', scopes: ['orders:read'], allowedAddresses };
  const { apiKeyCreate } = await souk.data(API_KEY_CREATE, { input }, souk.owner);
  return { id: apiKeyCreate.apiKey.id, headers: { authorization: `Bearer ${apiKeyCreate.secret}` } };
}

/**
 * Sends an operation and a REST request, and opens a socket, all as one caller.
 * @returns both HTTP statuses, and whether the socket is accepted
 */
async function answersTo(headers: Readonly<Record<string, string>>) {
  const graphql = await souk.run('{ orders(first: 1) { nodes { id } } }', {}, headers);
  const rest = await fetch(`${souk.url}/api/v1/orders`, { headers });
  const watching = await souk.watch(ORDERS_CHANGED, {}, headers).catch(() => null);
  await watching?.close();
  return { graphql: graphql.status, rest: rest.status, socket: watching !== null };
}

test('an API key is accepted by GraphQL, REST and sockets with its own scopes', async () => {
  const { headers } = await newApiKey(['127.0.0.0/8', '::1']);
  expect(await answersTo(headers)).toEqual({ graphql: 200, rest: 200, socket: true });
  const refused = await souk.run('{ apiKeys { nodes { id } } }', {}, headers);
  expect(refused.errors).toMatchObject([{ path: ['apiKeys'] }]);
  const elsewhere = await newApiKey(['203.0.113.0/24']);
  expect((await souk.run('{ me { id } }', {}, elsewhere.headers)).status).toBe(401);
});

test('a revoked API key is refused at once, its subscriptions end, and both hold after a restart', async () => {
  const { id, headers } = await newApiKey();
  const watching = await souk.watch(ORDERS_CHANGED, {}, headers);
  await souk.data(API_KEY_REVOKE, { id }, souk.owner);
  await until(() => watching.errors.length > 0);
  expect(watching.errors).toEqual([
    { message: expect.stringContaining('API_KEY_REVOKED'), extensions: { closeCode: 4401 } },
  ]);
  expect((await souk.run('{ me { id } }', {}, headers)).status).toBe(401);
  await souk.stop();
  souk = await startTestSouk(installation);
  expect((await souk.run('{ me { id } }', {}, headers)).status).toBe(401);
});

test("a logout closes the login's subscriptions and revokes its access token, and another login of the user stays", async () => {
  const { login } = await souk.data(LOGIN, { input: OWNER });
  const headers = { authorization: `Bearer ${login.accessToken}` };
  const left = await souk.watch(ORDERS_CHANGED, {}, headers);
  const stayed = await souk.watch('subscription { ordersChanged { type } }', {}, souk.owner);
  await souk.data(LOGOUT, { refreshToken: login.refreshToken });
  await until(() => left.errors.length > 0);
  expect(left.errors).toEqual([{ message: expect.stringContaining('TOKEN_REVOKED'), extensions: { closeCode: 4401 } }]);
  expect((await souk.run('{ me { id } }', {}, headers)).status).toBe(401);
  expect((await souk.run('{ me { id } }', {}, souk.owner)).status).toBe(200);
  expect(stayed.errors).toEqual([]);
  await stayed.close();
});

test('an address that invents API keys has to wait', async () => {
  const statusOf = async (n: number) => {
    const authorization = `Bearer souk_${String(n).padStart(43, '0')}`;
    const { status, headers } = await souk.run('{ me { id } }', {}, { authorization });
    return [status, headers.get('retry-after')];
  };
  const statuses: unknown[] = [];
  for (let n = 0; n < 21; n += 1) statuses.push(await statusOf(n));
  expect([statuses.at(0), statuses.at(-1)]).toEqual([
    [401, null],
    [429, '60'],
  ]);
});
