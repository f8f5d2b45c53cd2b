import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from './testing/test-souk.ts';

const BUYERS = 200;
const UNITS = 50;
const LATER = ['SERVICE_UNAVAILABLE', 'CHECKOUT_IN_PROGRESS'];

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

/** Pays like a careful client. When the busy server refuses a request, the request is repeated later with the same idempotency key. */
async function payToTheEnd(cartId: string) {
  for (;;) {
    const answer = await souk.buyer.pay(cartId, { idempotencyKey: cartId });
    const codes = answer.data?.checkoutComplete?.userErrors.map(({ code }: { code: string }) => code) ?? [];
    if (!codes.some((code: string) => LATER.includes(code))) return answer;
  }
}

test('200 buyers of the last 50 units place 50 orders, and 150 get the error INSUFFICIENT_STOCK', async () => {
  const { buyer, books, shop } = souk;
  const lamp = await shop.offer({ north: 30, south: 20 });
  const carts = await Promise.all(Array.from({ length: BUYERS }, () => buyer.fillCart(lamp)));

  const answers = await Promise.all(carts.map((cartId) => payToTheEnd(cartId)));

  expect(answers.filter(({ status, errors }) => status !== 200 || errors.length > 0)).toEqual([]);
  const payloads = answers.map(({ data }) => data?.checkoutComplete);
  const placed = payloads.filter(({ order }) => order !== null);
  expect(new Set(placed.map(({ order }) => order.number)).size).toBe(UNITS);
  expect(placed.map(({ order }) => order)).toEqual(
    Array(UNITS).fill(expect.objectContaining({ status: 'CONFIRMED', paymentStatus: 'PAID' })),
  );
  const refusal = { __typename: 'InsufficientStockError', variantId: lamp.variantId, code: 'INSUFFICIENT_STOCK' };
  expect(payloads.filter(({ order }) => order === null).map(({ userErrors }) => userErrors)).toEqual(
    Array(BUYERS - UNITS).fill([expect.objectContaining(refusal)]),
  );

  expect(await books.ordersOf(lamp.sku)).toBe(UNITS);
  expect(await books.stockOf(lamp.sku)).toEqual({ onHand: 0, reserved: 0, ledgerOnHand: 0, ledgerReserved: 0 });
  expect(await books.heldReservations()).toBe(0);
  expect(await books.strayPayments()).toBe(0);
  expect(await books.unfinishedCheckouts()).toBe(0);
});
