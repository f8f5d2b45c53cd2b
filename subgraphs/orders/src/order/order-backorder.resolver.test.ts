import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { BackorderAllocated } from '@souk/inventory/contract';
import { openShop, type Shop } from '../testing/shop.ts';
import { EXPECTED_AT } from '../testing/stock.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  shop.process.run();
});
afterAll(() => shop.close());

const FIELDS = 'status fulfillmentStatus openQuantity lines { id quantity canceledQuantity backorderedQuantity }';
const show = async (id: string) =>
  (await shop.process.query(shop.staff, `{ order(id: "${id}") { ${FIELDS} } }`))['order'];
const mutate = async (name: string, input: string, fields: string) =>
  (
    await shop.process.query(
      shop.staff,
      `mutation { ${name}(input: { ${input} }) { ${fields} userErrors { code field } } }`,
    )
  )[name];

/** Orders five lamps, of which two are in stock. */
async function backordered() {
  const lamp = shop.offer(2);
  shop.stock.allowBackorders(lamp.sku, 10);
  const order = await shop.order([{ ...lamp, quantity: 5 }]);
  return { id: order.id, lamp, order };
}

function arrive(
  orderId: string,
  lamp: { sku: string; warehouseId: string },
  quantity: number,
  event_id = randomUUID(),
) {
  const allocations = [{ sku: lamp.sku, warehouseId: lamp.warehouseId, quantity }];
  return shop.process.events.publish([
    {
      event_id,
      event_type: BackorderAllocated.subject,
      tenant_id: shop.tenantId,
      aggregate_id: orderId,
      timestamp: new Date().toISOString(),
      source: 'test',
      version: BackorderAllocated.version,
      data: { orderId, allocations },
      metadata: { user_id: null, correlation_id: null },
    },
  ]);
}

test('an order for more than there is is placed as BACKORDERED, and only the units that are there can be packed', async () => {
  const { id, order } = await backordered();
  expect(order).toMatchObject({ status: 'CONFIRMED', fulfillmentStatus: 'BACKORDERED' });
  const [line] = (await show(id)).lines;
  expect(line).toMatchObject({ quantity: 5, backorderedQuantity: 3 });
  const pack = (quantity: number) =>
    mutate('fulfillmentCreate', `orderId: "${id}", lines: [{ orderLineId: "${line.id}", quantity: ${quantity} }]`, '');
  expect((await pack(3)).userErrors).toMatchObject([{ code: 'FULFILLMENT_QUANTITY_EXCEEDED' }]);
  expect((await pack(2)).userErrors).toEqual([]);
});

test('stock that arrives is allocated to the line once, and the rest of the order can be packed', async () => {
  const { id, lamp } = await backordered();
  const event = randomUUID();
  await arrive(id, lamp, 2, event);
  await arrive(id, lamp, 2, event);
  expect(await show(id)).toMatchObject({ fulfillmentStatus: 'BACKORDERED', lines: [{ backorderedQuantity: 1 }] });
  await arrive(id, lamp, 1);
  expect(await show(id)).toMatchObject({ fulfillmentStatus: 'UNFULFILLED', lines: [{ backorderedQuantity: 0 }] });
  const { fulfillments } = await mutate('fulfillmentCreate', `orderId: "${id}"`, 'fulfillments { lines { quantity } }');
  expect(fulfillments).toEqual([{ lines: [{ quantity: 5 }] }]);
});

test('a cancellation of units takes those that wait first, and they wait no more', async () => {
  const { id, lamp } = await backordered();
  const [line] = (await show(id)).lines;
  await mutate(
    'orderLinesCancel',
    `orderId: "${id}", reason: "no", lines: [{ orderLineId: "${line.id}", quantity: 2 }]`,
    '',
  );
  await shop.settled();
  expect(await show(id)).toMatchObject({ lines: [{ canceledQuantity: 2, backorderedQuantity: 1 }] });
  expect(shop.stock.backorderable(lamp.sku)).toBe(9);
  expect(shop.stock.available(lamp.sku)).toBe(0);
});

test('units that arrive after their cancellation go back to their warehouse', async () => {
  const { id, lamp } = await backordered();
  await mutate('orderCancel', `orderId: "${id}", reason: "no"`, '');
  await shop.settled();
  expect(await show(id)).toMatchObject({
    status: 'CANCELED',
    fulfillmentStatus: 'UNFULFILLED',
    lines: [{ backorderedQuantity: 0 }],
  });
  expect([shop.stock.available(lamp.sku), shop.stock.backorderable(lamp.sku)]).toEqual([2, 10]);
  await arrive(id, lamp, 3); // inventory allocated them before it knew of the cancellation
  await shop.expireLeases();
  await shop.settled();
  expect(shop.stock.available(lamp.sku)).toBe(5);
});

test('the cart says which units will wait, and when stock is expected', async () => {
  const lamp = shop.offer(2);
  shop.stock.allowBackorders(lamp.sku, 1);
  const opened = async (quantity: number) =>
    (
      await shop.process.query(
        shop.shopper,
        `mutation { cartCreate(input: { currencyCode: "EUR", lines: [{ variantId: "${lamp.variantId}", quantity: ${quantity} }] }) {
           warnings { code available expectedAt } } }`,
      )
    )['cartCreate'].warnings;
  expect(await opened(2)).toEqual([]);
  expect(await opened(3)).toEqual([{ code: 'BACKORDERED', available: 2, expectedAt: EXPECTED_AT }]);
  expect(await opened(4)).toMatchObject([{ code: 'INSUFFICIENT_STOCK', available: 2 }]);
});
