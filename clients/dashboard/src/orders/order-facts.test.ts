import { expect, test } from '@jest/globals';
import { changedFacts, type ComparedOrder } from './order-facts.ts';

const words = { t: (key: string) => key, money: ({ amount }: { readonly amount: string }) => amount };
const order: ComparedOrder = {
  status: 'CONFIRMED',
  paymentStatus: 'PAID',
  fulfillmentStatus: 'UNFULFILLED',
  openQuantity: 1,
  fulfillments: [],
  payments: null,
};

test('only what differs is compared', () => {
  expect(changedFacts(order, order, words)).toEqual([]);
  const now = { ...order, fulfillmentStatus: 'FULFILLED', fulfillments: [{ status: 'PENDING' }] };
  expect(changedFacts(order, now, words)).toEqual([
    {
      label: 'orders.column.fulfillment',
      seen: 'order.fulfillmentStatus.UNFULFILLED',
      now: 'order.fulfillmentStatus.FULFILLED',
    },
    { label: 'order.parcels', seen: '–', now: 'fulfillment.status.PENDING' },
  ]);
});
