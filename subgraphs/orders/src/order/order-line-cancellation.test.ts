import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { money, type Money } from '@souk/kit/domain';
import type { PaymentFacts } from '@souk/payments/contract';
import fc from 'fast-check';
import { createFulfillments, deliverFulfillment, shipFulfillment } from '../fulfillment/fulfillment-decisions.ts';
import { excessOfCapture } from './given-back.ts';
import { cancelLines } from './order-line-cancellation.ts';
import { deriveStatuses } from './order-status.ts';
import type { Order } from './order.ts';

const NOW = new Date('2026-01-02T03:04:05Z');
const euros = (minor: number): Money => money(minor, 'EUR');

function facts(values: Partial<PaymentFacts> = {}): PaymentFacts {
  const amounts = { authorized: euros(1490), captured: euros(1490), refunded: euros(0) };
  return { paymentId: randomUUID(), orderId: randomUUID(), version: 2, status: 'CAPTURED', ...amounts, ...values };
}

/** A confirmed order of three lamps for 10.00 each, from two warehouses. The shipping costs 4.90. */
function confirmed(values: Partial<Order> = {}): Order {
  const allocations = [
    { warehouseId: 'north', quantity: 2 },
    { warehouseId: 'south', quantity: 1 },
  ];
  return {
    id: randomUUID(),
    number: '1',
    total: euros(1490),
    canceledTotal: euros(0),
    returnedTotal: euros(0),
    lines: [
      {
        id: 'lamp',
        sku: 'LAMP',
        quantity: 3,
        canceledQuantity: 0,
        returnedQuantity: 0,
        total: euros(1000),
        allocations,
      },
    ],
    fulfillments: [],
    payment: facts(),
    stockCommittedAt: NOW,
    canceledAt: null,
    cancelReason: null,
    customerId: null,
    historyLength: 0,
    version: 1,
    ...values,
  };
}

function cancelOne(order: Order) {
  const decided = cancelLines(order, [{ orderLineId: 'lamp', quantity: 1 }], 'sold out', NOW);
  if (!decided.ok) throw new Error(decided.error.message);
  return decided.value;
}

function shipped(order: Order, quantity: number, delivered = true): Order {
  const packed = createFulfillments(order, [{ orderLineId: 'lamp', quantity }], NOW, randomUUID);
  if (!packed.ok) throw new Error(packed.error.message);
  let after = packed.value.order;
  for (const { id } of packed.value.fulfillments)
    for (const move of [
      (each: Order) => shipFulfillment(each, id, { carrier: null, trackingNumber: null, trackingUrl: null }, NOW),
      ...(delivered ? [(each: Order) => deliverFulfillment(each, id, NOW)] : []),
    ]) {
      const moved = move(after);
      if (!moved.ok) throw new Error(moved.error.message);
      after = moved.value.order;
    }
  return after;
}

test('a canceled unit goes back to its warehouse and is refunded', () => {
  const { order, lines, givenBack, history } = cancelOne(confirmed());
  expect(givenBack).toEqual({ restock: [{ sku: 'LAMP', warehouseId: 'north', quantity: 1 }], refund: euros(333) });
  expect(order.canceledTotal).toEqual(euros(333));
  expect(lines).toMatchObject([{ canceledQuantity: 1, allocations: [{ quantity: 1 }, { quantity: 1 }] }]);
  expect(history).toMatchObject([{ type: 'LINES_CANCELED', message: 'sold out' }]);
});

test('refunds of units that are canceled one after the other sum to the price of the line', () => {
  const amounts = fc.record({
    total: fc.integer({ min: 0, max: 1_000_000 }),
    quantity: fc.integer({ min: 2, max: 40 }),
  });
  fc.assert(
    fc.property(amounts, ({ total, quantity }) => {
      const kept = {
        id: 'kept',
        sku: 'KEPT',
        quantity: 1,
        canceledQuantity: 0,
        returnedQuantity: 0,
        total: euros(0),
        allocations: [],
      };
      const allocations = [{ warehouseId: 'north', quantity }];
      const lamp = {
        id: 'lamp',
        sku: 'LAMP',
        quantity,
        canceledQuantity: 0,
        returnedQuantity: 0,
        total: euros(total),
        allocations,
      };
      const payment = facts({ captured: euros(total), authorized: euros(total) });
      let order = confirmed({ lines: [kept, lamp], total: euros(total), payment });
      let refunded = 0;
      for (let unit = 0; unit < quantity; unit++) {
        const decided = cancelOne(order);
        order = decided.order;
        refunded += decided.givenBack.refund.amountMinor;
      }
      expect(refunded).toBe(total);
    }),
  );
});

test('an order is completed when its delivered units remain and the rest is canceled', () => {
  const partly = shipped(confirmed(), 2);
  expect(deriveStatuses(partly)).toMatchObject({ status: 'CONFIRMED', fulfillmentStatus: 'PARTIALLY_DELIVERED' });
  const decided = cancelLines(partly, null, 'sold out', NOW);
  expect(decided).toMatchObject({ ok: true, value: { history: [{ type: 'LINES_CANCELED' }, { type: 'COMPLETED' }] } });
  if (decided.ok)
    expect(deriveStatuses(decided.value.order)).toEqual({
      status: 'COMPLETED',
      paymentStatus: 'PAID',
      fulfillmentStatus: 'DELIVERED',
    });
});

test('an order is fulfilled when its shipped units remain and the rest is canceled, and nothing more can be packed', () => {
  const partly = shipped(confirmed(), 2, false);
  const decided = cancelLines(partly, null, 'sold out', NOW);
  if (!decided.ok) throw new Error(decided.error.message);
  expect(deriveStatuses(decided.value.order).fulfillmentStatus).toBe('FULFILLED');
  expect(createFulfillments(decided.value.order, null, NOW, randomUUID)).toMatchObject({
    error: { code: 'NOTHING_TO_FULFILL' },
  });
});

test.each<[string, Order, number | null, string]>([
  ['more units than are open', shipped(confirmed(), 2), 2, 'FULFILLMENT_QUANTITY_EXCEEDED'],
  ['units of an order of which all is sent', shipped(confirmed(), 3), null, 'ORDER_NOT_CANCELABLE'],
  ['all units of an order', confirmed(), null, 'ORDER_NOT_CANCELABLE'],
  ['units of a canceled order', confirmed({ canceledAt: NOW }), 1, 'ORDER_NOT_CANCELABLE'],
  ['units of an order whose stock is not sold yet', confirmed({ stockCommittedAt: null }), 1, 'ORDER_NOT_CANCELABLE'],
])('%s cannot be canceled', (_what, order, quantity, code) => {
  const lines = quantity === null ? null : [{ orderLineId: 'lamp', quantity }];
  expect(cancelLines(order, lines, 'sold out', NOW)).toMatchObject({ ok: false, error: { code } });
});

test.each([
  ['held', 0, 0, 0],
  ['captured in part, less than what is due now', 1000, 0, 0],
  ['captured in part, more than what is due now', 1300, 0, 143],
  ['captured', 1490, 0, 333],
  ['captured and refunded in part for another reason', 1490, 500, 333],
  ['captured and refunded but for one euro', 1490, 1390, 100],
])('of money that is %s, what was captured for the unit goes back', (_how, captured, refunded, expected) => {
  const payment = facts({ captured: euros(captured), refunded: euros(refunded) });
  expect(cancelOne(confirmed({ payment })).givenBack.refund).toEqual(euros(expected));
});

test('a capture that takes more than is due after a cancellation refunds the excess once', () => {
  const held = facts({ status: 'AUTHORIZED', captured: euros(0), version: 1 });
  const { order } = cancelOne(confirmed({ payment: held }));
  const part = { ...held, version: 2, captured: euros(1000) };
  const all = { ...held, version: 3, captured: euros(1490) };
  expect(excessOfCapture(order, part)).toEqual(euros(0));
  expect(excessOfCapture({ ...order, payment: part }, all)).toEqual(euros(333));
  expect(excessOfCapture({ ...order, payment: all }, { ...all, version: 4, refunded: euros(333) })).toEqual(euros(0));
});
