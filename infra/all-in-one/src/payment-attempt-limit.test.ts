import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { callRest } from './rest/testing/rest-client.ts';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from './testing/test-souk.ts';

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

/** The alias `code` replaces the error code in the response. The attempt limit must therefore not depend on codes in responses. */
const PAY = `mutation ($input: CheckoutCompleteInput!) {
  order: checkoutComplete(input: $input) { order: __typename userErrors { __typename: message code } }
}`;

async function decline(cartId: string): Promise<string> {
  const input = { cartId, payment: { provider: 'TEST', token: 'tok_declined' } };
  const { order } = await souk.data(PAY, { input });
  return order.userErrors[0].code;
}

test('after 20 declined cards an address must wait, whatever aliases it uses, and REST returns 429 with Retry-After', async () => {
  const lamp = await souk.shop.offer({ north: 50, south: 0 });
  const carts = await Promise.all(Array.from({ length: 22 }, () => souk.buyer.fillCart(lamp)));
  const codes: string[] = [];
  for (const cartId of carts.slice(0, 21)) codes.push(await decline(cartId));
  expect(codes).toEqual([...Array(20).fill('PAYMENT_DECLINED'), 'TOO_MANY_ATTEMPTS']);
  const { status, headers, body } = await callRest(souk.url, 'POST', `/carts/${carts[21]}/checkout`, {
    body: { payment: { provider: 'TEST', token: 'tok_visa' } },
  });
  expect(status).toBe(429);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  expect(body?.['errors']).toMatchObject([{ code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds: expect.any(Number) }]);
});

/** Creates carts in the rival's shop, which has no declined payments yet. */
async function rivalCarts(count: number): Promise<string[]> {
  const lamp = await souk.shop.offer({ north: 50, south: 0 }, souk.shop.rivalTenantId);
  return Promise.all(Array.from({ length: count }, () => souk.rivalBuyer.fillCart(lamp)));
}

test('buyers of one address whose cards are good all get their orders, though they come at the same time', async () => {
  const carts = await rivalCarts(25);
  const answers = await Promise.all(carts.map((cartId) => souk.rivalBuyer.checkout(cartId)));
  expect(answers.map(({ userErrors }) => userErrors)).toEqual(carts.map(() => []));
});

test('declined cards at the same time do not pass the limit of an address', async () => {
  const carts = await rivalCarts(30);
  const answers = await Promise.all(carts.map((cartId) => souk.rivalBuyer.checkout(cartId, { token: 'tok_declined' })));
  const codes = answers.map(({ userErrors }) => userErrors[0].code as string).toSorted();
  expect(codes).toEqual([...Array(20).fill('PAYMENT_DECLINED'), ...Array(10).fill('TOO_MANY_ATTEMPTS')]);
});
