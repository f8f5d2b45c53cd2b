import { expect, test } from '@jest/globals';
import { subscriptionProblems } from './subscription-problems.ts';

const HAPPENED = ['PLACED', 'CONFIRMED', 'SHIPPED', 'COMPLETED'];
const problems = (told: readonly string[], from?: string) =>
  subscriptionProblems([{ who: 'Ann of 1', told, happened: HAPPENED, ...(from !== undefined && { from }) }]);

test('who was told everything in order has nothing to complain of', () => {
  expect(problems(HAPPENED)).toEqual([]);
  expect(problems(['SHIPPED', 'COMPLETED'], 'SHIPPED')).toEqual([]);
  expect(problems(['CONFIRMED', 'SHIPPED', 'COMPLETED'], 'SHIPPED')).toEqual([]);
});

test('a gap, an event twice, a wrong order and a missing end are found', () => {
  expect(problems(['PLACED', 'SHIPPED', 'COMPLETED'])).toEqual([
    'Ann of 1: told PLACED SHIPPED COMPLETED, happened PLACED CONFIRMED SHIPPED COMPLETED',
  ]);
  expect(problems(['SHIPPED', 'SHIPPED', 'COMPLETED'], 'SHIPPED')).toHaveLength(1);
  expect(problems(['COMPLETED', 'SHIPPED'], 'SHIPPED')).toHaveLength(1);
  expect(problems(['CONFIRMED', 'SHIPPED'], 'SHIPPED')).toHaveLength(1);
  expect(problems([], 'SHIPPED')).toHaveLength(1);
});
