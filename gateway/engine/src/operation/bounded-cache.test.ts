import { expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { BoundedCache } from './bounded-cache.ts';
import { DocumentCache } from './document-cache.ts';

test('the least recently used entry is evicted when there are too many', () => {
  const cache = new BoundedCache<string, number>(2);
  cache.set('a', 1);
  cache.set('b', 2);
  cache.get('a');
  cache.set('c', 3);
  expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual([1, undefined, 3]);
});

test('the least recently used entry is evicted when all entries weigh too much', () => {
  const cache = new BoundedCache<string, number>(100, { of: ({ length }) => length, most: 6 });
  cache.set('aaa', 1);
  cache.set('bbb', 2);
  cache.get('aaa');
  cache.set('aaa', 3);
  cache.set('c', 4);
  expect(['aaa', 'bbb', 'c'].map((key) => cache.get(key))).toEqual([3, undefined, 4]);
  expect(cache.size).toBe(2);
});

test('texts of clients are cached up to a total number of characters', () => {
  const documents = new DocumentCache(buildSchema('type Query { a: String }'), { capacity: 1000 });
  const text = (n: number) => `{ a } # ${n} ${'x'.repeat(60_000)}`;
  for (let n = 0; n < 100; n += 1) documents.read(text(n));
  expect(documents.recent(1000).length).toBeLessThan(75);
  const huge = `{ a } # ${'x'.repeat(100_000)}`;
  expect(documents.read(huge).document).not.toBe(documents.read(huge).document);
});
