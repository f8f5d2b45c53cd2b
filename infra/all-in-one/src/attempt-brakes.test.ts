import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { callRest } from './rest/testing/rest-client.ts';
import { openEstate, startTestSouk, type TestEstate, type TestSouk } from './testing/test-souk.ts';

let estate: TestEstate;
let souk: TestSouk;
beforeAll(async () => {
  estate = await openEstate();
  souk = await startTestSouk(estate);
});
afterAll(async () => {
  await souk.stop();
  await estate.database.drop();
});

/** `code` is an alias: no brake may trust the names of an answer. */
const PAY = `mutation ($input: CheckoutCompleteInput!) {
  order: checkoutComplete(input: $input) { order: __typename userErrors { __typename: message code } }
}`;

async function decline(cartId: string): Promise<string> {
  const input = { cartId, payment: { provider: 'TEST', token: 'tok_declined' } };
  const { order } = await souk.data(PAY, { input });
  return order.userErrors[0].code;
}

test('an address whose cards are declined 20 times waits, whatever it calls the fields, by REST with Retry-After', async () => {
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
