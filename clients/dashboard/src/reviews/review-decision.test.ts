import { expect, test } from '@jest/globals';
import { decisionsOf } from './review-decision.ts';

test.each([
  { status: 'PENDING', reportCount: 0, decisions: ['REJECT', 'PUBLISH'] },
  { status: 'PENDING', reportCount: 2, decisions: ['REJECT', 'PUBLISH'] },
  { status: 'REJECTED', reportCount: 2, decisions: ['PUBLISH'] },
  { status: 'PUBLISHED', reportCount: 0, decisions: ['REJECT', 'REPLY'] },
  { status: 'PUBLISHED', reportCount: 2, decisions: ['REJECT', 'DISMISS_REPORTS', 'REPLY'] },
] as const)('a review that is $status with $reportCount reports allows $decisions', ({ decisions, ...review }) => {
  expect(decisionsOf(review)).toEqual(decisions);
});
