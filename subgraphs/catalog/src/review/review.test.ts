import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { REVIEW_STATUSES } from './review.machine.ts';
import { publishReview, ratingChange, rejectReview, submittedState, summaryOf, type ReviewState } from './review.ts';

const NOW = new Date('2030-01-01T10:00:00Z');
const LATER = new Date('2030-01-02T10:00:00Z');
const valueOf = (result: ReturnType<typeof publishReview>): ReviewState => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

test('a new review waits for approval, or is published at once, as the shop wants', () => {
  expect(submittedState(null, 'BEFORE_PUBLICATION', NOW)).toMatchObject({ status: 'PENDING', publishedAt: null });
  expect(submittedState(null, 'AFTER_PUBLICATION', NOW)).toMatchObject({ status: 'PUBLISHED', publishedAt: NOW });
});

test('an edit keeps the first publication, and a rejected review waits in every shop', () => {
  const published = submittedState(null, 'AFTER_PUBLICATION', NOW);
  expect(submittedState(published, 'AFTER_PUBLICATION', LATER)).toMatchObject({
    status: 'PUBLISHED',
    publishedAt: NOW,
  });
  expect(submittedState(published, 'BEFORE_PUBLICATION', LATER)).toMatchObject({ status: 'PENDING', publishedAt: NOW });
  const rejected = valueOf(rejectReview(published, 'Not about the product'));
  expect(rejected).toMatchObject({ status: 'REJECTED', rejectionReason: 'Not about the product' });
  expect(submittedState(rejected, 'AFTER_PUBLICATION', LATER)).toMatchObject({
    status: 'PENDING',
    rejectionReason: null,
  });
  expect(rejectReview(rejected, 'again')).toMatchObject({ error: { code: 'REVIEW_ALREADY_REJECTED' } });
});

test('a publication dismisses reports', () => {
  const reported = { ...submittedState(null, 'AFTER_PUBLICATION', NOW), reportCount: 3 };
  expect(valueOf(publishReview(reported, LATER))).toMatchObject({ reportCount: 0, publishedAt: NOW });
});

test('the average has at most two decimal places, and is null without reviews', () => {
  expect(summaryOf([0, 0, 0, 0, 0])).toEqual({ count: 0, average: null });
  expect(summaryOf([1, 0, 0, 0, 2])).toEqual({ count: 3, average: 3.67 });
});

test('the sum of all changes of the counts equals a count of the published reviews', () => {
  const review = fc.record({ status: fc.constantFrom(...REVIEW_STATUSES), rating: fc.integer({ min: 1, max: 5 }) });
  const step = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.option(review));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const present = new Map<number, { status: ReviewState['status']; rating: number }>();
      const counts = [0, 0, 0, 0, 0];
      for (const [author, after] of steps) {
        const change = ratingChange(present.get(author) ?? null, after);
        change?.forEach((added, index) => (counts[index] = (counts[index] ?? 0) + added));
        if (after) present.set(author, after);
        else present.delete(author);
      }
      const published = [...present.values()].filter(({ status }) => status === 'PUBLISHED');
      expect(counts).toEqual([1, 2, 3, 4, 5].map((stars) => published.filter(({ rating }) => rating === stars).length));
    }),
  );
});
