import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import { openOwnPostgres, type OwnPostgresInstallation } from '../testing/own-postgres.ts';
import type { Article } from '../testing/test-shop.ts';
import { startTestSouk, type TestSouk } from '../testing/test-souk.ts';

const BUYERS = 8;
const CRASHES = 4;
const ORDERS = 10;
const UNITS = 1000;

/**
 * The outcome of a purchase, as the buyer knows it. `orderId` is null when the request failed: the buyer then does not know whether an
 * order exists.
 */
interface Purchase {
  readonly cartId: string;
  readonly orderId: string | null;
}

let installation: OwnPostgresInstallation;
let souk: TestSouk;
beforeAll(async () => {
  installation = await openOwnPostgres();
  souk = await startTestSouk(installation);
});
afterAll(async () => {
  await souk.stop();
  await installation.database.drop();
});

/** Buys single units one after another until `isOver`. A request that fails is not repeated. */
async function buyOnAndOn(article: Article, purchases: Purchase[], isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const cartId = await souk.buyer.fillCart(article).catch(() => null);
    if (cartId === null) continue; // Postgres is down
    const answer = await souk.buyer.checkout(cartId, { idempotencyKey: randomUUID() }).catch(() => null);
    purchases.push({ cartId, orderId: answer?.order?.id ?? null });
  }
}

test('Postgres crashes between checkouts: no order is lost, doubled or half paid', async () => {
  const article = await souk.shop.offer({ north: UNITS, south: 0 });
  const purchases: Purchase[] = [];
  const ordered = () => purchases.filter(({ orderId }) => orderId !== null);
  let crashes = 0;
  const buyers = Array.from({ length: BUYERS }, () => buyOnAndOn(article, purchases, () => crashes === CRASHES));
  while (crashes < CRASHES) {
    const before = ordered().length;
    await until(() => ordered().length >= before + ORDERS);
    await installation.postgres.restart('immediate');
    crashes += 1;
  }
  await Promise.all(buyers);

  const books = await installation.openBooks();
  await until(async () => (await books.unfinishedCheckouts()) === 0);
  for (const { cartId, orderId } of purchases) {
    const orders = await books.ordersOfCart(cartId);
    expect(orders.length).toBeLessThanOrEqual(1);
    if (orderId !== null) expect(orders.map(({ id }) => id)).toEqual([orderId]);
    const paid = (await books.paymentsOfCart(cartId)).filter((status) => status !== 'VOIDED' && status !== 'FAILED');
    expect(paid).toEqual(orders.map(() => 'CAPTURED'));
    for (const order of orders) expect(order).toMatchObject({ status: 'CONFIRMED', payment_status: 'PAID' });
  }
  const sold = await books.ordersOf(article.sku);
  const left = UNITS - sold;
  expect(await books.stockOf(article.sku)).toEqual({
    onHand: left,
    reserved: 0,
    ledgerOnHand: left,
    ledgerReserved: 0,
  });
  expect(sold).toBeGreaterThanOrEqual(CRASHES * ORDERS);
  expect(await books.strayPayments()).toBe(0);
});
