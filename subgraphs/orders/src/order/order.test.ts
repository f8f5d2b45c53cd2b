import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { money, type Result } from '@souk/kit/domain';
import type { PaymentFacts } from '@souk/payments/contract';
import { createFulfillments, deliverFulfillment, shipFulfillment } from '../fulfillment/fulfillment-decisions.ts';
import { cancelOrder, cancelUnservable } from './order-cancellation.ts';
import { deriveStatuses } from './order-status.ts';
import { applyPayment, commitStock, followedBy, linkCustomer, placeOrder, type Decision, type Order } from './order.ts';

const NOW = new Date('2026-01-02T03:04:05Z');
const TOTAL = money(2000, 'EUR');
const PARCEL = { carrier: 'DHL', trackingNumber: 'JD0001', trackingUrl: null };

const authorized: PaymentFacts = {
  paymentId: randomUUID(),
  orderId: randomUUID(),
  version: 1,
  status: 'AUTHORIZED',
  authorized: TOTAL,
  captured: money(0, 'EUR'),
  refunded: money(0, 'EUR'),
};
const captured: PaymentFacts = { ...authorized, version: 2, status: 'CAPTURED', captured: TOTAL };

function placed(): Decision {
  const line = {
    id: 'line',
    variantId: randomUUID(),
    productId: randomUUID(),
    sku: 'LAMP',
    name: 'Lamp',
    options: [],
    quantity: 2,
    unitPrice: '10.00',
    total: TOTAL,
    tax: money(0, 'EUR'),
    taxBasisPoints: 0,
  };
  const none = money(0, 'EUR');
  const totals = { subtotal: TOTAL, discount: none, shipping: none, tax: none, total: TOTAL };
  const allocations = new Map([['line', [{ warehouseId: 'north', quantity: 2 }]]]);
  return placeOrder({ id: randomUUID(), number: '1' }, { totals, lines: [line] }, allocations, authorized, NOW);
}

function confirmed(payment: PaymentFacts = captured): Order {
  return followedBy(
    followedBy(placed(), (order) => applyPayment(order, payment, NOW)),
    (order) => commitStock(order, NOW),
  ).order;
}

function done<Value>(result: Result<Value, { readonly message: string }>): Value {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function shippedOrder(): Decision {
  const { order } = done(createFulfillments(confirmed(), null, NOW, () => 'parcel'));
  return done(shipFulfillment(order, 'parcel', PARCEL, NOW));
}

const types = ({ history }: Decision) => history.map(({ type }) => type);

test('an order is confirmed when its money is held and its stock is committed', () => {
  const decision = placed();
  expect(types(decision)).toEqual(['PLACED', 'PAYMENT_AUTHORIZED']);
  expect(types(commitStock(decision.order, NOW))).toEqual(['CONFIRMED']);
});

test('repeated or older facts of a payment change nothing', () => {
  const paid = applyPayment(placed().order, captured, NOW);
  expect(types(paid)).toEqual(['PAYMENT_CAPTURED']);
  expect(applyPayment(paid.order, captured, NOW)).toEqual({ order: paid.order, history: [] });
  expect(applyPayment(paid.order, authorized, NOW)).toEqual({ order: paid.order, history: [] });
  expect(types(applyPayment(paid.order, { ...captured, version: 9, paymentId: randomUUID() }, NOW))).toEqual([]);
});

test('a delivered order is completed when it is paid, in either order', () => {
  const unpaid = confirmed(authorized);
  const packed = done(createFulfillments(unpaid, null, NOW, () => 'parcel')).order;
  const sent = done(shipFulfillment(packed, 'parcel', PARCEL, NOW)).order;
  const arrived = done(deliverFulfillment(sent, 'parcel', NOW));
  expect(types(arrived)).toEqual(['DELIVERED']);
  expect(types(applyPayment(arrived.order, captured, NOW))).toEqual(['PAYMENT_CAPTURED', 'COMPLETED']);
});

test('a canceled order returns its stock and its money, and cancels its pending fulfillments', () => {
  const { order } = done(createFulfillments(confirmed(), null, NOW, () => 'parcel'));
  const canceled = done(cancelOrder(order, 'changed my mind', NOW));
  expect(types(canceled)).toEqual(['FULFILLMENT_CANCELED', 'CANCELED']);
  expect(canceled.order.fulfillments).toMatchObject([{ status: 'CANCELED' }]);
  expect(canceled.compensation).toEqual({
    restock: [{ sku: 'LAMP', warehouseId: 'north', quantity: 2 }],
    money: 'REFUND',
  });
  expect(done(cancelOrder(confirmed(authorized), 'why not', NOW)).compensation.money).toBe('VOID');
});

test('an order cannot be canceled while it is being confirmed, after it shipped, or after it was canceled', () => {
  const orders = [placed().order, shippedOrder().order, done(cancelOrder(confirmed(), 'once', NOW)).order];
  for (const order of orders)
    expect(cancelOrder(order, 'again', NOW)).toMatchObject({ ok: false, error: { code: 'ORDER_NOT_CANCELABLE' } });
});

test('an order whose payment was released by hand can be canceled, and returns its stock', () => {
  const voided = { ...authorized, version: 2, status: 'VOIDED' as const };
  const { order } = applyPayment(confirmed(authorized), voided, NOW);
  expect(done(cancelOrder(order, 'unpaid', NOW)).compensation).toMatchObject({
    restock: [{ quantity: 2 }],
    money: null,
  });
});

test('an order whose stock is sold out is canceled without a restock', () => {
  const { order, compensation } = cancelUnservable(placed().order, NOW);
  expect(deriveStatuses(order).status).toBe('CANCELED');
  expect(compensation).toEqual({ restock: [], money: 'VOID' });
});

test('an unconfirmed order cannot be packed, and a parcel moves in one direction', () => {
  expect(createFulfillments(placed().order, null, NOW, randomUUID)).toMatchObject({
    error: { code: 'FULFILLMENT_STATE_INVALID' },
  });
  const { order } = shippedOrder();
  expect(shipFulfillment(order, 'parcel', PARCEL, NOW)).toMatchObject({ error: { code: 'FULFILLMENT_STATE_INVALID' } });
  expect(deliverFulfillment(order, 'another', NOW)).toMatchObject({ error: { code: 'NOT_FOUND' } });
});

test('a customer is linked once', () => {
  const linked = linkCustomer(confirmed(), 'customer', NOW);
  expect(types(linked)).toEqual(['CUSTOMER_LINKED']);
  expect(types(linkCustomer(linked.order, 'customer', NOW))).toEqual([]);
});
