import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { money } from '@souk/kit/domain';
import type { PaymentFacts } from '@souk/payments/contract';
import fc from 'fast-check';
import { FULFILLMENT_STATUSES } from '../fulfillment/fulfillment.machine.ts';
import type { Fulfillment } from '../fulfillment/fulfillment.ts';
import { deriveStatuses, type OrderFacts } from './order-status.ts';

const LINE = { id: randomUUID(), quantity: 3, canceledQuantity: 0, returnedQuantity: 0 };
const TOTAL = money(1000, 'EUR');

function payment(values: Partial<PaymentFacts> = {}): PaymentFacts {
  const [paymentId, orderId] = [randomUUID(), randomUUID()];
  const nothing = money(0, 'EUR');
  return {
    paymentId,
    orderId,
    version: 1,
    status: 'AUTHORIZED',
    authorized: TOTAL,
    captured: nothing,
    refunded: nothing,
    ...values,
  };
}

function fulfillment(status: Fulfillment['status'], quantity: number): Fulfillment {
  const times = { createdAt: new Date(), shippedAt: null, deliveredAt: null, canceledAt: null };
  const lines = [{ orderLineId: LINE.id, quantity }];
  return {
    id: randomUUID(),
    warehouseId: randomUUID(),
    status,
    carrier: null,
    trackingNumber: null,
    trackingUrl: null,
    lines,
    ...times,
  };
}

function facts(values: Partial<OrderFacts> = {}): OrderFacts {
  const now = new Date();
  return {
    total: TOTAL,
    canceledTotal: money(0, 'EUR'),
    returnedTotal: money(0, 'EUR'),
    lines: [LINE],
    fulfillments: [],
    payment: payment(),
    stockCommittedAt: now,
    canceledAt: null,
    ...values,
  };
}

const returned = (units: number) => ({ ...LINE, returnedQuantity: units });
const captured = payment({ status: 'CAPTURED', captured: TOTAL });

describe('status', () => {
  test.each([
    ['PLACED', facts({ stockCommittedAt: null })],
    ['PLACED', facts({ payment: payment({ status: 'VOIDED' }) })],
    ['CONFIRMED', facts()],
    ['CONFIRMED', facts({ payment: captured, fulfillments: [fulfillment('SHIPPED', 3)] })],
    ['CONFIRMED', facts({ fulfillments: [fulfillment('DELIVERED', 3)] })],
    ['COMPLETED', facts({ payment: captured, fulfillments: [fulfillment('DELIVERED', 3)] })],
    ['COMPLETED', facts({ payment: null, fulfillments: [fulfillment('DELIVERED', 3)] })],
    ['CANCELED', facts({ canceledAt: new Date() })],
    ['COMPLETED', facts({ payment: captured, fulfillments: [fulfillment('DELIVERED', 3)], lines: [returned(3)] })],
  ])('%s', (status, of) => expect(deriveStatuses(of).status).toBe(status));

  test('an order stays completed when its money is refunded', () => {
    const refunded = { ...captured, status: 'REFUNDED' as const, refunded: TOTAL };
    const of = facts({ payment: refunded, fulfillments: [fulfillment('DELIVERED', 3)] });
    expect(deriveStatuses(of)).toMatchObject({ status: 'COMPLETED', paymentStatus: 'REFUNDED' });
  });
});

describe('payment status', () => {
  const some = money(400, 'EUR');
  test.each([
    ['NONE', null],
    ['AUTHORIZED', payment()],
    ['PARTIALLY_PAID', payment({ status: 'CAPTURED', captured: some })],
    ['PAID', captured],
    ['PARTIALLY_REFUNDED', { ...captured, refunded: some }],
    ['REFUNDED', { ...captured, refunded: TOTAL }],
    ['VOIDED', payment({ status: 'VOIDED' })],
    ['FAILED', payment({ status: 'FAILED' })],
  ] as const)('%s', (status, of) => expect(deriveStatuses(facts({ payment: of })).paymentStatus).toBe(status));
});

describe('fulfillment status', () => {
  test.each([
    ['UNFULFILLED', []],
    ['UNFULFILLED', [fulfillment('PENDING', 3)]],
    ['UNFULFILLED', [fulfillment('CANCELED', 3)]],
    ['PARTIALLY_FULFILLED', [fulfillment('SHIPPED', 1), fulfillment('PENDING', 2)]],
    ['FULFILLED', [fulfillment('SHIPPED', 1), fulfillment('SHIPPED', 2)]],
    ['PARTIALLY_DELIVERED', [fulfillment('DELIVERED', 1), fulfillment('SHIPPED', 2)]],
    ['DELIVERED', [fulfillment('DELIVERED', 1), fulfillment('DELIVERED', 2)]],
  ] as const)('%s', (status, fulfillments) =>
    expect(deriveStatuses(facts({ fulfillments })).fulfillmentStatus).toBe(status),
  );

  test.each([
    ['PARTIALLY_RETURNED', 2],
    ['RETURNED', 3],
  ] as const)('%s when %i of 3 units came back', (status, units) => {
    const fulfillments = [fulfillment('DELIVERED', 3)];
    expect(deriveStatuses(facts({ fulfillments, lines: [returned(units)] })).fulfillmentStatus).toBe(status);
  });

  test('the fulfillment status is complete exactly when all units are shipped or delivered', () => {
    const parcels = fc.array(fc.constantFrom(...FULFILLMENT_STATUSES), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(parcels, (statuses) => {
        const { fulfillmentStatus } = deriveStatuses(
          facts({ fulfillments: statuses.map((status) => fulfillment(status, 1)) }),
        );
        expect(fulfillmentStatus === 'DELIVERED').toBe(statuses.every((status) => status === 'DELIVERED'));
        expect(fulfillmentStatus === 'FULFILLED').toBe(statuses.every((status) => status === 'SHIPPED'));
        expect(fulfillmentStatus === 'UNFULFILLED').toBe(!statuses.some((status) => /SHIPPED|DELIVERED/.test(status)));
      }),
    );
  });
});
