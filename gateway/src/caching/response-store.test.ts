import { describe, expect, test } from '@jest/globals';
import { describeResponseStore } from './response-store.contract.ts';
import { MemoryResponseStore } from './response-store.ts';

describe('responses in memory', () => {
  describeResponseStore(async () => new MemoryResponseStore());

  test('evict the least recently used ones when the memory is full', async () => {
    const store = new MemoryResponseStore({ maxBytes: 1000 });
    const kept = { etag: '', tags: [], epoch: 0, storedAtMs: 0, maxAgeSeconds: 60 };
    for (let n = 0; n < 10; n += 1) await store.set(String(n), { ...kept, body: 'x'.repeat(100) });
    expect([await store.get('0'), (await store.get('9'))?.body.length]).toEqual([null, 100]);
  });
});
