import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from './testing/test-souk.ts';

let installation: TestInstallation;
let souk: TestSouk;
beforeAll(async () => {
  const mailFolder = await mkdtemp(join(tmpdir(), 'souk-mails-'));
  installation = await openInstallation();
  souk = await startTestSouk(installation, { mailFolder, settings: { accounts: { mailFolder } } });
});
afterAll(async () => {
  await souk.stop();
  await installation.database.drop();
});

const page = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${souk.url}${path}`, { headers });
  return {
    status: response.status,
    policy: response.headers.get('content-security-policy'),
    text: await response.text(),
  };
};

test('a buyer gets one mail about the order, whose link opens the order, and /mail shows the mail', async () => {
  const lamp = await souk.shop.offer({ north: 5, south: 0 });
  const { id, accessToken } = await souk.buyer.order(lamp);
  const listed = await until(async () => /href="(\/mail\/[^"]+)"/.exec((await page('/mail')).text)?.[1]);
  const mail = await page(listed);
  expect(mail).toMatchObject({ status: 200, policy: expect.stringContaining('sandbox') });
  const [, orderId, token] = /\/store\/orders\/([^#]+)#access=([^"]+)"/.exec(mail.text) ?? [];
  expect({ orderId, token }).toEqual({ orderId: id, token: accessToken });
  const OPEN = 'query ($id: ID!, $token: String) { order(id: $id, accessToken: $token) { id } }';
  expect(await souk.data(OPEN, { id: orderId, token })).toEqual({ order: { id } });
});

test('the page of mails is for this machine: no proxy, no page of another site and no other host name gets it', async () => {
  for (const headers of [{ 'x-forwarded-for': '203.0.113.9' }, { 'sec-fetch-site': 'cross-site' }])
    for (const path of ['/mail', '/mail/1']) expect((await page(path, headers)).status).toBe(404);
});
