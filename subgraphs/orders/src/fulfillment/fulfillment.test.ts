import { expect, test } from '@jest/globals';
import { openQuantityOf, type Fulfillment } from './fulfillment.ts';

function parcel(status: Fulfillment['status'], quantity: number): Fulfillment {
  const nothingYet = {
    carrier: null,
    trackingNumber: null,
    trackingUrl: null,
    shippedAt: null,
    deliveredAt: null,
    canceledAt: null,
  };
  const lines = [{ orderLineId: 'lamp', quantity }];
  return { id: status, warehouseId: 'north', status, lines, createdAt: new Date(0), ...nothingYet };
}

const LINES = [
  { id: 'lamp', quantity: 10, canceledQuantity: 1 },
  { id: 'rug', quantity: 2, canceledQuantity: 2 },
];

test.each<[string, Fulfillment[], number]>([
  ['all but canceled ones, before anything is packed', [], 9],
  [
    'less those that are packed, sent or delivered',
    [parcel('PENDING', 1), parcel('SHIPPED', 2), parcel('DELIVERED', 3)],
    3,
  ],
  ['again those of a canceled parcel', [parcel('CANCELED', 9)], 9],
  ['none when all are packed', [parcel('PENDING', 9)], 0],
])('open are %s', (_what, fulfillments, open) => {
  expect(openQuantityOf(LINES, fulfillments)).toBe(open);
});
