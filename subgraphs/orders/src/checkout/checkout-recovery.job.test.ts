import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CommitStock, ReleaseStock, ReserveStock } from '@souk/inventory/contract';
import { AuthorizePayment, CapturePayment, VoidPayment } from '@souk/payments/contract';
import { until } from '@souk/kit/testing';
import { openShop, type Shop } from '../testing/shop.ts';
import type { CheckoutStep } from './checkout-journal.service.ts';

let shop: Shop;
beforeAll(async () => void (shop = await openShop()));
afterAll(() => shop.close());

/**
 * Orders one unit of a new product. The checkout crashes at the given step.
 * @returns the buyer's input, with which a test can repeat the request
 */
async function crashAt(step: Omit<CheckoutStep, 'checkoutId'>, token = 'tok_visa') {
  const lamp = shop.offer(5);
  const cartId = await shop.fillCart([{ ...lamp, quantity: 1 }]);
  const values = { idempotencyKey: randomUUID(), token };
  shop.onStep(({ at, name }) => {
    if (at === step.at && name === step.name) throw new Error('the process died');
  });
  await expect(shop.checkout(cartId, values)).rejects.toThrow('the process died');
  const again = () => shop.checkout(cartId, values);
  return { lamp, cartId, again };
}

async function recover() {
  await shop.restart();
  await shop.settled();
}

const voids = () => shop.payments.interference.received.filter((name) => name === VoidPayment.name).length;

const ordersOf = async (cartId: string) =>
  (await shop.admin.query(`select status, payment_status from orders.sales_order where cart_id = $1`, [cartId])).rows;

describe.each([
  ['RECORDED', 'STARTED'],
  ['COMMAND', ReserveStock.name],
  ['ANSWERED', ReserveStock.name],
  ['COMMAND', AuthorizePayment.name],
  ['ANSWERED', AuthorizePayment.name],
] as const)('a crash before the order is placed (%s %s)', (at, name) => {
  test('is compensated, and the same request succeeds afterwards', async () => {
    const { lamp, cartId, again } = await crashAt({ at, name });
    await recover();
    expect(shop.stock.held).toBe(0);
    expect(shop.stock.available(lamp.sku)).toBe(5);
    expect(await ordersOf(cartId)).toEqual([]);
    const payments = shop.payments.open.length;
    expect((await again()).order.status).toBe('CONFIRMED');
    expect(shop.payments.open).toHaveLength(payments + 1);
    expect(shop.stock.available(lamp.sku)).toBe(4);
  });
});

test.each([
  ['STARTED', 'COMMAND', ReserveStock.name],
  ['PRICED', 'ANSWERED', ReserveStock.name],
  ['RESERVED', 'ANSWERED', AuthorizePayment.name],
  ['AUTHORIZED', 'ANSWERED', AuthorizePayment.name],
] as const)('a checkout that an earlier version left %s (%s %s) is compensated', async (state, at, name) => {
  const { lamp, cartId } = await crashAt({ at, name });
  await shop.admin.query('update orders.checkout set state = $1 where cart_id = $2', [state, cartId]);
  await recover();
  expect(shop.stock.available(lamp.sku)).toBe(5);
  expect(await ordersOf(cartId)).toEqual([]);
});

describe.each([
  ['RECORDED', 'PLACED'],
  ['COMMAND', CommitStock.name],
  ['COMMAND', CapturePayment.name],
  ['RECORDED', 'COMPLETED'],
] as const)('a crash after the order is placed (%s %s)', (at, name) => {
  test('is confirmed, and the same request returns the order', async () => {
    const { lamp, cartId, again } = await crashAt({ at, name });
    await recover();
    expect(await ordersOf(cartId)).toEqual([{ status: 'CONFIRMED', payment_status: 'PAID' }]);
    expect(shop.stock.held).toBe(0);
    expect(shop.stock.available(lamp.sku)).toBe(4);
    expect((await again()).order).toMatchObject({ status: 'CONFIRMED', paymentStatus: 'PAID' });
    expect(await ordersOf(cartId)).toHaveLength(1);
  });
});

test.each([ReleaseStock.name, 'UNDONE'])(
  'a crash while a refusal is compensated (%s) keeps the refusal',
  async (name) => {
    const at = name === 'UNDONE' ? 'RECORDED' : 'COMMAND';
    const { lamp, again } = await crashAt({ at, name }, 'tok_declined');
    await recover();
    expect(shop.stock.available(lamp.sku)).toBe(5);
    expect((await again()).userErrors).toMatchObject([{ code: 'PAYMENT_DECLINED' }]);
  },
);

test('compensation survives crashes of its own', async () => {
  const { lamp, cartId } = await crashAt({ at: 'ANSWERED', name: AuthorizePayment.name });
  shop.payments.interference.fail(VoidPayment.name, 'DOWN');
  const triesBefore = voids();
  await shop.restart();
  await until(() => voids() > triesBefore);
  shop.payments.interference.recover();
  await recover();
  expect(shop.stock.available(lamp.sku)).toBe(5);
  expect(await ordersOf(cartId)).toEqual([]);
});

test('stock that expired while the process was down is reserved again, in any warehouse', async () => {
  const { lamp, cartId } = await crashAt({ at: 'RECORDED', name: 'PLACED' });
  shop.stock.expireAll();
  await recover();
  expect(await ordersOf(cartId)).toEqual([{ status: 'CONFIRMED', payment_status: 'PAID' }]);
  expect(shop.stock.available(lamp.sku)).toBe(4);
});

test('an order whose reservation expired and whose stock was sold is canceled, and its money released', async () => {
  const { lamp, cartId } = await crashAt({ at: 'RECORDED', name: 'PLACED' });
  shop.stock.expireAll();
  shop.onStep(() => undefined);
  await shop.order([{ ...lamp, quantity: 5 }]);
  await recover();
  expect(await ordersOf(cartId)).toEqual([{ status: 'CANCELED', payment_status: 'VOIDED' }]);
  expect(shop.stock.available(lamp.sku)).toBe(0);
});

test('a process that lost its checkout to recovery writes nothing any more', async () => {
  await shop.restart();
  const lamp = shop.offer(5);
  const cartId = await shop.fillCart([{ ...lamp, quantity: 1 }]);
  const gate = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  shop.onStep(async ({ at, name }) => {
    if (at !== 'COMMAND' || name !== AuthorizePayment.name) return;
    reached.resolve();
    await gate.promise;
  });
  const slow = shop.checkout(cartId);
  await reached.promise;
  await shop.expireLeases();
  await shop.settled();
  gate.resolve();
  expect((await slow).userErrors).toMatchObject([
    { code: expect.stringMatching(/SERVICE_UNAVAILABLE|PAYMENT_NOT_ALLOWED/) },
  ]);
  expect(await ordersOf(cartId)).toEqual([]);
  expect(shop.stock.available(lamp.sku)).toBe(5);
});
