import { expect, test } from '@jest/globals';
import { chunksOf } from './index.ts';

test('chunks keep the order, and the last one may be smaller', () => {
  expect([...chunksOf([1, 2, 3, 4, 5], 2)]).toEqual([[1, 2], [3, 4], [5]]);
  expect([...chunksOf([], 2)]).toEqual([]);
});

test('only the items of the current chunk are read', () => {
  let taken = 0;
  const endless = (function* () {
    for (;;) yield ++taken;
  })();
  expect(chunksOf(endless, 3).next().value).toEqual([1, 2, 3]);
  expect(taken).toBe(3);
});
