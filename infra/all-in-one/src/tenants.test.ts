import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from './testing/test-souk.ts';

let installation: TestInstallation;
let souk: TestSouk;
beforeAll(async () => {
  installation = await openInstallation();
  souk = await startTestSouk(installation, { settings: { accounts: { shopDomain: 'shops.test' } } });
});
afterAll(async () => {
  await souk.stop();
  await installation.database.drop();
});

/** The slug of the shop to which a host name leads. Null for an unknown host. */
function shopOfHost(host: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const sent = request(`${souk.url}/api/v1/tenant`, { headers: { host } }, (response) => {
      let text = '';
      response.on('data', (part) => (text += String(part)));
      response.on('end', () => resolve(JSON.parse(text).data?.slug ?? null));
    });
    sent.on('error', reject).end();
  });
}

async function signUp(slug: string) {
  const body = JSON.stringify({
    shopName: 'Opal Lamps',
    slug,
    ownerName: 'Ada',
    email: `owner@${slug}.test`,
    password: 'four slow herons wade',
    defaultCurrency: 'CHF',
    defaultLocale: 'de-CH',
    countryCode: 'CH',
  });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${souk.url}/api/v1/sign-ups`, { method: 'POST', headers, body });
  return { status: response.status, answer: JSON.parse(await response.text()) };
}

const slugSeenBy = async (headers: Readonly<Record<string, string>>) =>
  (await souk.run('{ tenant { slug } }', {}, headers)).data?.['tenant']?.slug;

test('a shop that signed up is reachable by token, slug and host, also when its names were unknown a moment ago', async () => {
  expect([await slugSeenBy({ 'x-tenant-id': 'opal' }), await shopOfHost('opal.shops.test')]).toEqual([undefined, null]);
  const { status, answer } = await signUp('opal');
  expect(status).toBe(201);
  expect(await slugSeenBy({ authorization: `Bearer ${answer.data.accessToken}` })).toBe('opal');
  await until(async () => (await slugSeenBy({ 'x-tenant-id': 'opal' })) === 'opal');
  await until(async () => (await shopOfHost('opal.shops.test')) === 'opal');
});

test('the carts and the catalog of a new shop have its currency and language', async () => {
  const { answer } = await signUp('jade');
  const tenant = { 'x-tenant-id': answer.data.user.tenant.id };
  await until(async () => {
    const { cartCreate } = await souk.data('mutation { cartCreate(input: {}) { cart { currencyCode } } }', {}, tenant);
    return cartCreate.cart.currencyCode === 'CHF';
  });
  const admin = await installation.database.connect();
  await until(async () => {
    const { rows } = await admin.query('select * from catalog.catalog_settings where tenant_id = $1', [
      tenant['x-tenant-id'],
    ]);
    return rows[0]?.default_currency === 'CHF' && rows[0]?.default_locale === 'de-CH';
  });
});

test('a taken slug is a 409 with a suggestion', async () => {
  await signUp('onyx');
  const { status, answer } = await signUp('onyx');
  expect([status, answer.errors]).toMatchObject([409, [{ code: 'SLUG_TAKEN', suggestion: 'onyx-shop' }]]);
});
