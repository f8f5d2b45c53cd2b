import { expect, test } from '@jest/globals';
import { collect } from '../testing/collect.ts';
import { BoundedQueue } from './bounded-queue.ts';

function queueOf(capacity: number) {
  const ends: string[] = [];
  const queue = new BoundedQueue<string>({ capacity, overflow: () => 'too slow', onEnd: () => ends.push('ended') });
  return { queue, ends };
}

test('items come in order, whether they or the reader are first', async () => {
  const { queue } = queueOf(2);
  const first = queue.next();
  for (const item of ['a', 'b', 'c']) queue.push(item);
  queue.end();
  const rest = await collect(queue);
  expect([(await first).value, ...rest]).toEqual(['a', 'b', 'c']);
});

test('a reader who is too slow reads why, and nothing else', async () => {
  const { queue, ends } = queueOf(2);
  for (const item of ['a', 'b', 'c', 'd']) queue.push(item);
  expect(ends).toEqual(['ended']);
  expect(await collect(queue)).toEqual(['too slow']);
});

test('a reader who leaves while waiting is let go, once', async () => {
  const { queue, ends } = queueOf(2);
  const waiting = queue.next();
  await queue.return();
  await queue.return();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(ends).toEqual(['ended']);
});
