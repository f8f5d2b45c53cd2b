import { expect, test } from '@jest/globals';
import { progressOf } from './progress.ts';

const at = (minute: number) => `2026-05-03T10:0${minute}:00.000Z`;

test('each step has the time of its first event', () => {
  const events = [
    { type: 'PLACED', at: at(0) },
    { type: 'PAYMENT_AUTHORIZED', at: at(1) },
    { type: 'CONFIRMED', at: at(2) },
    { type: 'FULFILLMENT_CREATED', at: at(3) },
    { type: 'SHIPPED', at: at(4) },
    { type: 'SHIPPED', at: at(5) },
  ] as const;
  expect(progressOf(events)).toEqual([
    { step: 'placed', at: at(0) },
    { step: 'paid', at: at(2) },
    { step: 'packed', at: at(3) },
    { step: 'shipped', at: at(4) },
    { step: 'delivered', at: null },
  ]);
});

test('an order without a history has every step before it', () => {
  expect(progressOf([]).filter((step) => step.at !== null)).toEqual([]);
});
