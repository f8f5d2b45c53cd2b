import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { systemContext } from '@souk/kit/context';
import { money } from '@souk/kit/domain';
import { anAddress } from '../testing/carts.ts';
import { openShop, type Shop } from '../testing/shop.ts';
import type { ImportedOrder } from './order-import.ts';

let shop: Shop;
beforeAll(async () => void (shop = await openShop()));
afterAll(() => shop.close());

function anImport(values: Partial<ImportedOrder> = {}): ImportedOrder {
  const ids = { variantId: randomUUID(), productId: randomUUID() };
  return {
    externalReference: randomUUID(),
    placedAt: new Date('2025-03-01T10:00:00Z'),
    email: 'old@example.test',
    locale: 'en',
    currency: 'EUR',
    lines: [{ ...ids, sku: 'OLD-1', name: 'Old lamp', options: [], quantity: 2, unitPrice: '59.50' }],
    taxBasisPoints: 1900,
    shipping: money(1190, 'EUR'),
    shippingMethodName: 'Standard',
    shippingAddress: anAddress(),
    warehouseId: randomUUID(),
    ...values,
  };
}

const importing = (...orders: ImportedOrder[]) =>
  shop.process.services.importOrders(systemContext(shop.tenantId, 'test', randomUUID()), orders);
const show = async (id: string | undefined) =>
  (
    await shop.process.query(
      shop.staff,
      `{ order(id: "${id}") {
      number externalReference status paymentStatus fulfillmentStatus placedAt totals { total { amount } tax { amount } }
      fulfillments { status trackingNumber deliveredAt } events { nodes { type at } }
    } }`,
    )
  )['order'];

function paid(orderId: string, status: 'CAPTURED' | 'REFUNDED') {
  const total = money(13090, 'EUR');
  const refunded = status === 'REFUNDED' ? total : money(0, 'EUR');
  return { paymentId: randomUUID(), orderId, version: 2, status, authorized: total, captured: total, refunded };
}

test('a past order gets its history with the original times', async () => {
  const id = randomUUID();
  const [placedAt, shippedAt, deliveredAt] = [
    '2025-03-01T10:00:00.000Z',
    '2025-03-02T08:00:00.000Z',
    '2025-03-04T12:00:00.000Z',
  ];
  const parcel = { carrier: 'DHL', trackingNumber: 'JD1' };
  const shipment = { ...parcel, shippedAt: new Date(shippedAt), deliveredAt: new Date(deliveredAt) };
  const order = anImport({ id, placedAt: new Date(placedAt), payment: paid(id, 'CAPTURED'), shipment });
  expect(await importing(order)).toEqual([id]);
  expect(await show(id)).toEqual({
    number: expect.stringMatching(/^\d{6}$/),
    externalReference: order.externalReference,
    status: 'COMPLETED',
    paymentStatus: 'PAID',
    fulfillmentStatus: 'DELIVERED',
    placedAt,
    totals: { total: { amount: '130.90' }, tax: { amount: '20.90' } },
    fulfillments: [{ status: 'DELIVERED', trackingNumber: 'JD1', deliveredAt }],
    events: {
      nodes: [
        { type: 'PLACED', at: placedAt },
        { type: 'PAYMENT_AUTHORIZED', at: placedAt },
        { type: 'PAYMENT_CAPTURED', at: placedAt },
        { type: 'CONFIRMED', at: placedAt },
        { type: 'FULFILLMENT_CREATED', at: shippedAt },
        { type: 'SHIPPED', at: shippedAt },
        { type: 'DELIVERED', at: deliveredAt },
        { type: 'COMPLETED', at: deliveredAt },
      ],
    },
  });
});

test('a canceled past order shows its refund, and triggers no compensation', async () => {
  const id = randomUUID();
  const cancellation = { at: new Date('2025-03-01T11:00:00Z'), reason: 'typo' };
  await importing(anImport({ id, payment: paid(id, 'REFUNDED'), cancellation }));
  expect(await show(id)).toMatchObject({ status: 'CANCELED', paymentStatus: 'REFUNDED' });
  expect((await shop.admin.query('select from orders.order_compensation')).rowCount).toBe(0);
});

test('a past order that was only placed can be packed', async () => {
  const [id] = await importing(anImport());
  expect(await show(id)).toMatchObject({
    status: 'CONFIRMED',
    paymentStatus: 'NONE',
    fulfillmentStatus: 'UNFULFILLED',
  });
});

test('a repeated import changes nothing, and publishes OrderPlaced once', async () => {
  const orders = [anImport(), anImport()];
  const first = await importing(...orders);
  expect(await importing(...orders, anImport())).toEqual([...first, expect.any(String)]);
  const announced = await shop.admin.query(
    `select from orders.outbox_event where subject = 'orders.order.placed' and aggregate_id = any ($1)`,
    [first],
  );
  expect(announced.rowCount).toBe(2);
});
