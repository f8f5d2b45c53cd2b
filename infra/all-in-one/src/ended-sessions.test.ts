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
