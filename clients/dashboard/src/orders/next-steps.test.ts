import { describe, expect, test } from '@jest/globals';
import { canCancel, canCapture, canVoid, nextStep, packedQuantities, refundable } from './next-steps.ts';

const order = (more: object = {}) => ({
  status: 'CONFIRMED',
  fulfillmentStatus: 'UNFULFILLED',
  openQuantity: 2,
  fulfillments: [] as readonly { readonly id: string; readonly status: string }[],
  ...more,
});
const eur = (amount: string) => ({ amount, currencyCode: 'EUR' });
const payment = (status: string, authorized: string, captured: string, refunded: string) => ({
  status,
  authorizedAmount: eur(authorized),
  capturedAmount: eur(captured),
  refundedAmount: eur(refunded),
});

describe('the next step', () => {
  test('packs open units of a confirmed order', () => {
    expect(nextStep(order())).toEqual({ kind: 'PACK' });
    expect(nextStep(order({ status: 'PLACED' }))).toBeNull();
  });

  test('ships a packed parcel before it packs more', () => {
    const fulfillments = [
      { id: 'f1', status: 'CANCELED' },
      { id: 'f2', status: 'PENDING' },
    ];
    expect(nextStep(order({ fulfillments }))).toEqual({ kind: 'SHIP', fulfillmentId: 'f2' });
  });

  test('confirms a delivery when nothing is open', () => {
    const fulfillments = [{ id: 'f1', status: 'SHIPPED' }];
    expect(nextStep(order({ fulfillments, openQuantity: 0 }))).toEqual({ kind: 'DELIVER', fulfillmentId: 'f1' });
    expect(nextStep(order({ fulfillments: [{ id: 'f1', status: 'DELIVERED' }], openQuantity: 0 }))).toBeNull();
  });
});

test('an order is canceled until something is packed', () => {
  expect(canCancel(order())).toBe(true);
  expect(canCancel(order({ fulfillmentStatus: 'PARTIALLY_FULFILLED' }))).toBe(false);
  expect(canCancel(order({ status: 'COMPLETED' }))).toBe(false);
});

test('what is captured and not refunded can be refunded', () => {
  expect(refundable(payment('CAPTURED', '10.00', '10.00', '0.00'))).toEqual(eur('10.00'));
  expect(refundable(payment('PARTIALLY_REFUNDED', '10.00', '10.00', '9.99'))).toEqual(eur('0.01'));
  expect(refundable(payment('REFUNDED', '10.00', '10.00', '10.00'))).toBeNull();
  expect(refundable(payment('AUTHORIZED', '10.00', '0.00', '0.00'))).toBeNull();
});

test('an authorization is captured up to its amount, and voided while nothing is captured', () => {
  expect(canCapture(payment('AUTHORIZED', '10.00', '0.00', '0.00'))).toBe(true);
  expect(canCapture(payment('CAPTURED', '10.00', '10.00', '0.00'))).toBe(false);
  expect(canVoid(payment('AUTHORIZED', '10.00', '0.00', '0.00'))).toBe(true);
  expect(canVoid(payment('AUTHORIZED', '10.00', '4.00', '0.00'))).toBe(false);
});

test('units of canceled parcels are open again', () => {
  const lines = [{ orderLineId: 'l1', quantity: 2 }];
  const parcels = [
    { status: 'CANCELED', lines },
    { status: 'SHIPPED', lines },
    { status: 'PENDING', lines },
  ];
  expect(packedQuantities(parcels)).toEqual(new Map([['l1', 4]]));
});
