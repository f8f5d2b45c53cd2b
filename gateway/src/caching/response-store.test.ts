import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { HAS_REDIS, startRedis, type TestRedis } from '../testing/redis-server.ts';
import { RedisResponseStore } from './redis-response-store.ts';
import { describeResponseStore } from './response-store.contract.ts';
import { MemoryResponseStore } from './response-store.ts';

describe('responses in memory', () => {
  describeResponseStore(async () => new MemoryResponseStore());

  test('push out those that were not asked for longest when there is no room', async () => {
    const store = new MemoryResponseStore({ maxBytes: 1000 });
    const kept = { etag: '', tags: [], epoch: 0, storedAtMs: 0, maxAgeSeconds: 60 };
    for (let n = 0; n < 10; n += 1) await store.set(String(n), { ...kept, body: 'x'.repeat(100) });
    expect([await store.get('0'), (await store.get('9'))?.body.length]).toEqual([null, 100]);
  });
});

(HAS_REDIS ? describe : describe.skip)('responses in Redis (needs redis-server)', () => {
  let server: TestRedis;
  let redis: Redis;
  beforeAll(async () => {
    server = await startRedis();
    redis = new Redis(server.url);
  });
  beforeEach(async () => {
    await redis.flushall();
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  describeResponseStore(async () => new RedisResponseStore(redis));

  test('live no longer than they may', async () => {
    await new RedisResponseStore(redis).set('one', {
      body: '',
      etag: '',
      tags: [],
      epoch: 0,
      storedAtMs: 0,
      maxAgeSeconds: 60,
    });
    const [key = ''] = await redis.keys('souk:responses:of:*');
    expect(await redis.ttl(key)).toBeLessThanOrEqual(60);
  });
});
