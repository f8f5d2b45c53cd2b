import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { ConfirmPayment, PaymentSettled, VoidPayment } from '@souk/payments/contract';
import { until } from '@souk/kit/testing';
import { openShop, type Shop } from '../testing/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  shop.process.run();
});
afterAll(() => shop.close());
afterEach(() => shop.payments.interference.recover());

interface WaitingCart {
  readonly cartId: string;
  readonly sku: string;
  readonly paymentId: string;
  readonly idempotencyKey: string;
}

/** Starts a checkout whose payment requires an action of the buyer (`tok_action`). */
async function waitingCart(): Promise<WaitingCart> {
  const lamp = shop.offer(1);
  const cartId = await shop.fillCart([{ ...lamp, quantity: 1 }]);
  const idempotencyKey = randomUUID();
  const { order, nextAction, userErrors } = await shop.checkout(cartId, { token: 'tok_action', idempotencyKey });
  expect({ order, userErrors }).toEqual({ order: null, userErrors: [] });
  const paymentId = shop.payments.waiting.at(-1) ?? '';
  expect(nextAction).toMatchObject({ kind: 'REDIRECT', url: `https://provider.test/${paymentId}`, clientSecret: null });
  return { cartId, sku: lamp.sku, paymentId, idempotencyKey };
}

const again = ({ cartId, idempotencyKey }: WaitingCart) =>
  shop.checkout(cartId, { token: 'tok_action', idempotencyKey });
const settle = (paymentId: string) =>
  shop.process.events.publish([
    {
      event_id: randomUUID(),
      event_type: PaymentSettled.subject,
      tenant_id: shop.tenantId,
      aggregate_id: paymentId,
      timestamp: new Date().toISOString(),
      source: 'test',
      version: PaymentSettled.version,
      data: { paymentId, orderId: randomUUID(), outcome: 'APPROVED' as const },
      metadata: { user_id: null, correlation_id: null },
    },
  ]);
const orderOf = async (cartId: string): Promise<string> =>
  (await shop.admin.query<{ id: string }>(`select id from orders.sales_order where cart_id = $1`, [cartId])).rows[0]
    ?.id ?? '';
const ordersOf = async (cartId: string) =>
  Number((await shop.admin.query(`select from orders.sales_order where cart_id = $1`, [cartId])).rowCount);

/** Moves the deadline of the payment into the past. */
async function letTimePass(paymentId: string): Promise<void> {
  await shop.admin.query(
    `update orders.checkout set lease_until = now(), wait = wait || '{"until": "2020-01-01T00:00:00.000Z"}' where id = $1`,
    [paymentId],
  );
}

test('the buyer authenticates, returns with the same request and gets the order', async () => {
  const cart = await waitingCart();
  expect(shop.stock.available(cart.sku)).toBe(0);
  const early = await again(cart);
  expect(early).toMatchObject({ order: null, nextAction: { kind: 'REDIRECT' }, userErrors: [] });
  shop.payments.buyerActs(cart.paymentId, 'APPROVED');
  const { order, nextAction } = await again(cart);
  expect(nextAction).toBeNull();
  expect(order).toMatchObject({ status: 'CONFIRMED', paymentStatus: 'PAID' });
  expect((await again(cart)).order.id).toBe(order.id);
});

test('the buyer may return without the key of the first request, but not with another card', async () => {
  const cart = await waitingCart();
  const other = await shop.checkout(cart.cartId, { token: 'tok_visa' });
  expect(other.userErrors).toMatchObject([{ code: 'CHECKOUT_IN_PROGRESS' }]);
  shop.payments.buyerActs(cart.paymentId, 'APPROVED');
  expect((await shop.checkout(cart.cartId, { token: 'tok_action' })).order.status).toBe('CONFIRMED');
});

test('the order is placed when the buyer never returns', async () => {
  const { cartId, paymentId } = await waitingCart();
  shop.payments.buyerActs(paymentId, 'APPROVED');
  await settle(paymentId);
  await until(async () => (await ordersOf(cartId)) === 1);
  await shop.settled();
  expect(shop.payments.of(await orderOf(cartId)).status).toBe('CAPTURED');
});

test('returns and notifications at the same time place one order', async () => {
  const cart = await waitingCart();
  shop.payments.buyerActs(cart.paymentId, 'APPROVED');
  const answers = await Promise.all([
    again(cart),
    settle(cart.paymentId),
    again(cart),
    settle(cart.paymentId),
    again(cart),
  ]);
  const ids = answers.flatMap((answer) => answer?.order?.id ?? []);
  expect(new Set(ids).size).toBe(1);
  await shop.settled();
  expect(await ordersOf(cart.cartId)).toBe(1);
});

test('a notification while the outcome is asked for is not lost', async () => {
  const cart = await waitingCart();
  const gate = shop.payments.interference.hold(ConfirmPayment.name);
  const asked = shop.payments.interference.received.length;
  const answer = again(cart);
  await until(() => shop.payments.interference.received.length > asked);
  await settle(cart.paymentId);
  await until(async () => {
    const { rows } = await shop.admin.query(`select wait from orders.checkout where id = $1`, [cart.paymentId]);
    return rows[0]?.wait?.settled === true;
  });
  gate.open();
  expect((await answer).nextAction).not.toBeNull(); // the provider said so before it decided
  shop.payments.buyerActs(cart.paymentId, 'APPROVED');
  await until(async () => (await ordersOf(cart.cartId)) === 1);
});

test('a failed authentication releases the stock, and the buyer may use another card', async () => {
  const cart = await waitingCart();
  shop.payments.buyerActs(cart.paymentId, 'DECLINED');
  const refused = await again(cart);
  expect(refused.userErrors).toMatchObject([{ code: 'PAYMENT_DECLINED', declineCode: 'authentication_failed' }]);
  await shop.settled();
  expect(shop.stock.available(cart.sku)).toBe(1);
  expect((await shop.checkout(cart.cartId, { token: 'tok_visa' })).order.status).toBe('CONFIRMED');
});

test('a buyer who does not act in time leaves neither an order nor held stock or money', async () => {
  const cart = await waitingCart();
  await letTimePass(cart.paymentId);
  await shop.settled();
  expect(shop.payments.waiting).not.toContain(cart.paymentId);
  expect(shop.stock.available(cart.sku)).toBe(1);
  expect(await ordersOf(cart.cartId)).toBe(0);
  expect((await again(cart)).userErrors).toMatchObject([{ code: 'PAYMENT_NOT_FINISHED', field: ['payment'] }]);
});

test('a payment that succeeded at the last moment becomes an order, without any notification', async () => {
  const { cartId, paymentId } = await waitingCart();
  shop.payments.buyerActs(paymentId, 'APPROVED');
  await letTimePass(paymentId);
  await until(async () => (await ordersOf(cartId)) === 1);
});

test('payments that do not reply at the end of the wait are asked again, and then the payment is voided', async () => {
  const { cartId, paymentId, sku } = await waitingCart();
  shop.payments.interference.fail(ConfirmPayment.name, 'DOWN');
  shop.payments.interference.fail(VoidPayment.name, 'DOWN');
  await letTimePass(paymentId);
  await until(() => shop.payments.interference.received.includes(VoidPayment.name));
  shop.payments.interference.recover();
  await shop.settled();
  expect(shop.payments.waiting).not.toContain(paymentId);
  expect(shop.stock.available(sku)).toBe(1);
  expect(await ordersOf(cartId)).toBe(0);
});

test.each(['COMMAND', 'ANSWERED'] as const)(
  'a process that dies around the question for the outcome (%s) loses no order',
  async (at) => {
    const cart = await waitingCart();
    shop.payments.buyerActs(cart.paymentId, 'APPROVED');
    shop.onStep((step) => {
      if (step.at === at && step.name === ConfirmPayment.name) throw new Error('the process died');
    });
    await expect(again(cart)).rejects.toThrow();
    shop.onStep(() => undefined);
    await shop.expireLeases();
    await until(async () => (await ordersOf(cart.cartId)) === 1);
    await shop.settled();
    expect(shop.payments.of(await orderOf(cart.cartId)).status).toBe('CAPTURED');
  },
);

describe('canceling the checkout', () => {
  const CANCEL = `mutation ($input: CheckoutCancelInput!) {
    checkoutCancel(input: $input) { order { id } orderAccessToken userErrors { code field } }
  }`;
  const cancel = async (cartId: string) =>
    (await shop.process.query(shop.shopper, CANCEL, { input: { cartId } }))['checkoutCancel'];
  const NOTHING = { order: null, orderAccessToken: null, userErrors: [] };

  test('releases stock and money, and the cart can be ordered with another card', async () => {
    const cart = await waitingCart();
    expect(await cancel(cart.cartId)).toEqual(NOTHING);
    expect(await cancel(cart.cartId)).toEqual(NOTHING);
    await shop.settled();
    expect(shop.payments.waiting).not.toContain(cart.paymentId);
    expect(shop.stock.available(cart.sku)).toBe(1);
    expect((await shop.checkout(cart.cartId, { token: 'tok_visa' })).order.status).toBe('CONFIRMED');
  });

  test('returns the order when the buyer has already paid', async () => {
    const cart = await waitingCart();
    shop.payments.buyerActs(cart.paymentId, 'APPROVED');
    const canceled = await cancel(cart.cartId);
    expect(canceled.order.id).toBe((await again(cart)).order.id);
    expect(canceled.orderAccessToken).toEqual(expect.any(String));
  });

  test('reports an unknown cart', async () => {
    expect((await cancel(randomUUID())).userErrors).toEqual([{ code: 'NOT_FOUND', field: ['cartId'] }]);
  });
});
