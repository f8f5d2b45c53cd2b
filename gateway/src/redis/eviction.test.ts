import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { RedisResponseStore } from '../caching/redis-response-store.ts';
import { RedisRateLimitStore } from '../limits/rates/redis-rate-limit-store.ts';
import type { WindowRule } from '../limits/rates/rate-limit-store.ts';
import { testLog } from '../testing/log-lines.ts';
import { HAS_REDIS, startRedis, type TestRedis } from '../testing/redis-server.ts';
import { SharedRedis } from './shared-redis.ts';

const LOGINS: WindowRule = { kind: 'WINDOW', name: 'logins', limit: 5, windowMs: 60_000 };
/** A fixed clock, so that no window ends during the test. */
const NOW_MS = 1_700_000_000_000;
/** The number of lists that an attacker has cached. Together they take several times the cache's memory. */
const LISTS = 200;
const LIST_BYTES = 100_000;

(HAS_REDIS ? describe : describe.skip)('a cache that strangers fill (needs redis-server)', () => {
  const servers: TestRedis[] = [];
  const connections: SharedRedis[] = [];
  beforeAll(async () => {
    servers.push(await startRedis(), await startRedis());
  });
  afterAll(async () => {
    for (const each of connections) each.close();
    for (const each of servers) await each.stop();
  });

  async function connect(server: TestRedis | undefined): Promise<SharedRedis> {
    const redis = new SharedRedis({ url: server?.url ?? '', logger: testLog().logger, patienceMs: 10_000 });
    connections.push(redis);
    await redis.settled();
    return redis;
  }

  test('Redis evicts lists, and no counter of failed logins', async () => {
    const [redis, cache] = [await connect(servers[0]), await connect(servers[1])];
    await cache.ask((client) => client.config('SET', 'maxmemory', '5mb'));
    await cache.ask((client) => client.config('SET', 'maxmemory-policy', 'allkeys-lru'));
    const counters = new RedisRateLimitStore(redis, { now: () => NOW_MS });
    const responses = new RedisResponseStore(cache, { secret: Buffer.alloc(32, 1) });
    for (let attempt = 0; attempt < LOGINS.limit; attempt += 1) await counters.take(LOGINS, 'owner@example.test', 1);
    for (let list = 0; list < LISTS; list += 1) {
      const epoch = (await responses.epoch()) ?? 0;
      const body = 'x'.repeat(LIST_BYTES);
      await responses.set(`list ${list}`, {
        body,
        etag: '',
        tags: [],
        epoch,
        storedAtMs: Date.now(),
        maxAgeSeconds: 60,
      });
    }
    const evicted = await cache.ask((client) => client.info('stats'));
    expect(evicted.ok && Number(/evicted_keys:(\d+)/.exec(evicted.value)?.[1])).toBeGreaterThan(0);
    expect(await counters.take(LOGINS, 'owner@example.test', 1)).toMatchObject({ allowed: false });
  });
});
