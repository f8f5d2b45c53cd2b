import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openShop, type Shop } from '../testing/shop.ts';

let shop: Shop;
beforeAll(async () => void (shop = await openShop()));
afterAll(() => shop.close());

test('a cart becomes an order that is paid and confirmed', async () => {
  const lamp = shop.offer(5, '10.00');
  const cartId = await shop.fillCart([{ ...lamp, quantity: 2 }]);
  const { order, orderAccessToken, userErrors } = await shop.checkout(cartId);
  expect(userErrors).toEqual([]);
  expect(order).toMatchObject({ status: 'CONFIRMED', paymentStatus: 'PAID', fulfillmentStatus: 'UNFULFILLED' });
  expect(order.lines).toMatchObject([{ sku: lamp.sku, quantity: 2 }]);
  expect(orderAccessToken).toEqual(expect.any(String));
  expect(shop.stock.available(lamp.sku)).toBe(3);
});

test('the same key with the same input is the same order, with another input it is refused', async () => {
  const lamp = shop.offer(5);
  const cartId = await shop.fillCart([{ ...lamp, quantity: 1 }]);
  const idempotencyKey = randomUUID();
  const [first, second] = await Promise.all([1, 2].map(() => shop.checkout(cartId, { idempotencyKey })));
  expect(first.order.id).toEqual(second.order.id);
  expect((await shop.checkout(cartId, { idempotencyKey })).order.id).toBe(first.order.id);
  const other = await shop.checkout(cartId, { idempotencyKey, token: 'tok_slow' });
  expect(other.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
  expect(shop.stock.available(lamp.sku)).toBe(4);
});
