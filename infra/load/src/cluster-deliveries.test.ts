import { expect, test } from '@jest/globals';
import { deliveriesOf, latenciesOf } from './cluster-deliveries.ts';

const placed = { orderId: 'a', type: 'PLACED' };
const confirmed = { orderId: 'a', type: 'CONFIRMED' };

test('a commit is delivered by the frame of its order and type', () => {
  const commits = [
    { ...placed, atMs: 1000 },
    { ...confirmed, atMs: 1010 },
  ];
  const frames = [
    { ...confirmed, atMs: 1013 },
    { ...placed, atMs: 1015 },
    { orderId: 'b', type: 'PLACED', atMs: 1001 },
  ];
  const deliveries = deliveriesOf(commits, frames);
  expect(latenciesOf(deliveries)).toEqual([15, 3]);
  expect(deliveries).toMatchObject({ missed: [], duplicates: 0 });
});

test('a commit without a frame is missed', () => {
  const commit = { ...placed, atMs: 1000 };
  expect(deliveriesOf([commit], [{ ...confirmed, atMs: 1001 }])).toEqual({
    delivered: [],
    missed: [commit],
    duplicates: 0,
  });
});

test('the first of two equal frames is the delivery, and the second counts as a duplicate', () => {
  const frames = [1002, 1005].map((atMs) => ({ ...placed, atMs }));
  const deliveries = deliveriesOf([{ ...placed, atMs: 1000 }], frames);
  expect(latenciesOf(deliveries)).toEqual([2]);
  expect(deliveries.duplicates).toBe(1);
});
