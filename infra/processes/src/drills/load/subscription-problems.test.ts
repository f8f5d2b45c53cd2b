import { expect, test } from '@jest/globals';
import { subscriptionProblems } from './subscription-problems.ts';

const HAPPENED = ['PLACED', 'CONFIRMED', 'SHIPPED', 'COMPLETED'];
const problems = (received: readonly string[], bounds: { readonly from?: string; readonly to?: string } = {}) =>
  subscriptionProblems([{ subscriber: 'Ann of 1', received, happened: HAPPENED, ...bounds }]);
const LATE = { from: 'SHIPPED' };

test('a subscriber who received all events in order has no problem', () => {
  expect(problems(HAPPENED)).toEqual([]);
  expect(problems(['SHIPPED', 'COMPLETED'], LATE)).toEqual([]);
  expect(problems(['CONFIRMED', 'SHIPPED', 'COMPLETED'], LATE)).toEqual([]);
  expect(problems(['CONFIRMED', 'SHIPPED'], { from: 'CONFIRMED', to: 'SHIPPED' })).toEqual([]);
});

test('a gap, a duplicate event, a wrong order and a missing end are found', () => {
  expect(problems(['PLACED', 'SHIPPED', 'COMPLETED'])).toEqual([
    'Ann of 1: received PLACED SHIPPED COMPLETED, happened PLACED CONFIRMED SHIPPED COMPLETED',
  ]);
  expect(problems(['SHIPPED', 'SHIPPED', 'COMPLETED'], LATE)).toHaveLength(1);
  expect(problems(['COMPLETED', 'SHIPPED'], LATE)).toHaveLength(1);
  expect(problems(['CONFIRMED', 'SHIPPED'], LATE)).toHaveLength(1);
  expect(problems([], LATE)).toHaveLength(1);
});
