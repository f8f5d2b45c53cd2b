import { expect, test } from '@jest/globals';
import { subscriptionProblems } from './subscription-problems.ts';

const HAPPENED = ['PLACED', 'CONFIRMED', 'SHIPPED', 'COMPLETED'];
const problems = (told: readonly string[], bounds: { readonly from?: string; readonly to?: string } = {}) =>
  subscriptionProblems([{ who: 'Ann of 1', told, happened: HAPPENED, ...bounds }]);
const LATE = { from: 'SHIPPED' };

test('who was told everything in order has nothing to complain of', () => {
  expect(problems(HAPPENED)).toEqual([]);
  expect(problems(['SHIPPED', 'COMPLETED'], LATE)).toEqual([]);
  expect(problems(['CONFIRMED', 'SHIPPED', 'COMPLETED'], LATE)).toEqual([]);
  expect(problems(['CONFIRMED', 'SHIPPED'], { from: 'CONFIRMED', to: 'SHIPPED' })).toEqual([]);
});

test('a gap, an event twice, a wrong order and a missing end are found', () => {
  expect(problems(['PLACED', 'SHIPPED', 'COMPLETED'])).toEqual([
    'Ann of 1: told PLACED SHIPPED COMPLETED, happened PLACED CONFIRMED SHIPPED COMPLETED',
  ]);
  expect(problems(['SHIPPED', 'SHIPPED', 'COMPLETED'], LATE)).toHaveLength(1);
  expect(problems(['COMPLETED', 'SHIPPED'], LATE)).toHaveLength(1);
  expect(problems(['CONFIRMED', 'SHIPPED'], LATE)).toHaveLength(1);
  expect(problems([], LATE)).toHaveLength(1);
});
