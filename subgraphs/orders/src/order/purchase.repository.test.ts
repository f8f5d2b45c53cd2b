import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RequestContext } from '@souk/kit/context';
import { testContext } from '@souk/kit/testing';
import { FindPurchase } from '../contract.ts';
import { openShop, type Shop } from '../testing/shop.ts';

let shop: Shop;
beforeAll(async () => void (shop = await openShop()));
afterAll(() => shop.close());

test('a paid order of the customer is a purchase until it is canceled, and an order of another customer is none', async () => {
  const customerId = randomUUID();
  const ctx = testContext({ tenantId: shop.tenantId, scopes: [], role: 'SHOPPER' });
  if (ctx.actor.kind !== 'user') throw new Error('A shopper is a user');
  const ada: RequestContext = { ...ctx, actor: { ...ctx.actor, customerId } };
  const order = await shop.order([{ ...shop.offer(5), quantity: 1 }], ada);
  const { rows } = await shop.admin.query<{ product_id: string }>(
    'select product_id from orders.order_line where order_id = $1',
    [order.id],
  );
  const productId = rows[0]?.product_id ?? '';
  const isBought = async (request: object = {}) =>
    (await shop.process.commands.send(ada, FindPurchase, { customerId, productId, ...request })).isFound;
  const set = (change: string) => shop.admin.query(`update orders.sales_order set ${change} where id = $1`, [order.id]);
  await set("payment_status = 'AUTHORIZED'");
  expect(await isBought()).toBe(false);
  await set("payment_status = 'PAID'");
  expect(await isBought()).toBe(true);
  expect(await isBought({ customerId: randomUUID() })).toBe(false);
  expect(await isBought({ productId: randomUUID() })).toBe(false);
  await shop.admin.query('update orders.order_line set canceled_quantity = quantity where order_id = $1', [order.id]);
  expect(await isBought()).toBe(false);
});
