import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import fc from 'fast-check';
import { Redis } from 'ioredis';
import { SharedRedis } from '../../redis/shared-redis.ts';
import { testLog } from '../../testing/log-lines.ts';
import { HAS_REDIS, startRedis, type TestRedis } from '../../testing/redis-server.ts';
import { describeRateLimitStore } from '../testing/rate-limit-store.contract.ts';
import { MemoryRateLimitStore } from './memory-rate-limit-store.ts';
import type { BucketRule, RateLimitStore, RateRule, WindowRule } from './rate-limit-store.ts';
import { RedisRateLimitStore } from './redis-rate-limit-store.ts';

const HUNDRED_A_MINUTE: WindowRule = { kind: 'WINDOW', name: 'requests', limit: 100, windowMs: 60_000 };
const POINTS: BucketRule = { kind: 'BUCKET', name: 'cost', capacity: 1000, restoredPerSecond: 50 };

(HAS_REDIS ? describe : describe.skip)('counters in Redis (needs redis-server)', () => {
  let server: TestRedis;
  let operator: Redis;
  let gateways: readonly SharedRedis[];
  beforeAll(async () => {
    server = await startRedis();
    operator = new Redis(server.url);
  });
  beforeEach(async () => {
    await operator.flushall();
    gateways = [connect(), connect()];
    await Promise.all(gateways.map((redis) => redis.settled()));
  });
  afterEach(() => {
    for (const redis of gateways) redis.close();
  });
  afterAll(async () => {
    operator.disconnect();
    await server.stop();
  });

  const connect = () => new SharedRedis({ url: server.url, logger: testLog().logger, patienceMs: 10_000 });
  const storesOf = (now?: () => number) =>
    gateways.map((redis) => new RedisRateLimitStore(redis, now ? { now } : {})) as [
      RedisRateLimitStore,
      RedisRateLimitStore,
    ];

  describeRateLimitStore(() => {
    let nowMs = 1_700_000_040_000; // the beginning of a minute
    const [store] = storesOf(() => nowMs);
    return { store, advance: (ms) => void (nowMs += ms) };
  });

  test.each([
    // The window is longer than the test, so it does not end during the test.
    ['window', { ...HUNDRED_A_MINUTE, windowMs: 24 * 3_600_000 }, 100],
    ['bucket', { ...POINTS, capacity: 100, restoredPerSecond: 0.0001 }, 100],
  ])('many gateways that take from one %s at once get exactly the limit', async (_kind, rule, limit) => {
    const stores = storesOf();
    const takes = Array.from({ length: 500 }, async (_, n) => stores[n % 2 === 0 ? 0 : 1].take(rule, 'one', 1));
    const states = await Promise.all(takes);
    expect(states.filter(({ allowed }) => allowed)).toHaveLength(limit);
  });

  test('many gateways that take from two counters together never count on one alone', async () => {
    const stores = storesOf();
    const many: WindowRule = { ...HUNDRED_A_MINUTE, windowMs: 24 * 3_600_000 };
    const few: WindowRule = { ...many, name: 'few', limit: 30 };
    const takes = Array.from({ length: 200 }, async (_, n) =>
      stores[n % 2 === 0 ? 0 : 1].takeAll([
        [many, 'one', 1],
        [few, 'one', 1],
      ]),
    );
    expect((await Promise.all(takes)).filter((exhausted) => exhausted === null)).toHaveLength(30);
    expect(await stores[0].take(many, 'one', 0)).toMatchObject({ remaining: 70 });
  });

  test('Redis counts as the memory store does, in any order of requests', async () => {
    // These values are exact in binary floating point, so both stores compute equal numbers.
    const rules: readonly RateRule[] = [
      { kind: 'WINDOW', name: 'window', limit: 20, windowMs: 1024 },
      { kind: 'BUCKET', name: 'bucket', capacity: 64, restoredPerSecond: 64 },
    ];
    const step = fc.record({
      rule: fc.constantFrom(...rules),
      does: fc.constantFrom('take', 'take', 'take', 'giveBack'),
      points: fc.integer({ min: 0, max: 24 }),
      waits: fc.integer({ min: 0, max: 20 }).map((n) => n * 125),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        let nowMs = 1_700_000_000_000;
        const memory = new MemoryRateLimitStore({ now: () => nowMs });
        const [redis] = storesOf(() => nowMs);
        await operator.flushall();
        for (const { rule, does, points, waits } of steps) {
          nowMs += waits;
          const run = (store: RateLimitStore) =>
            does === 'take' ? store.take(rule, 'a', points) : store.giveBack([[rule, 'a', points]]);
          expect(await run(redis)).toEqual(await run(memory));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('counters expire when they are full again, and their keys contain no personal data', async () => {
    const [store] = storesOf();
    await store.take(HUNDRED_A_MINUTE, '203.0.113.7 ann@example.com', 1);
    await store.take(POINTS, 'ann@example.com', 500);
    const keys = await operator.keys('souk:limits:*');
    const lives = await Promise.all(keys.toSorted().map((key) => operator.pttl(key)));
    expect(keys.join(' ')).not.toMatch(/ann|203/);
    expect(lives).toEqual([expect.any(Number), expect.any(Number)]);
    const [bucket = 0, window = 0] = lives;
    expect([bucket > 9000, bucket <= 10_001, window > 100_000, window <= 120_001]).toEqual([true, true, true, true]);
  });

  test('each gateway counts in its memory while Redis is away, and all count together when Redis is back', async () => {
    const [one, other] = storesOf();
    await one.take(HUNDRED_A_MINUTE, 'a', 100);
    await server.kill();
    await until(() => one.isInMemory && other.isInMemory);
    expect(await one.take(HUNDRED_A_MINUTE, 'a', 100)).toMatchObject({ allowed: true, remaining: 0 });
    expect(await one.take(HUNDRED_A_MINUTE, 'a', 1)).toMatchObject({ allowed: false });
    expect(await other.take(HUNDRED_A_MINUTE, 'a', 100)).toMatchObject({ allowed: true, remaining: 0 });
    expect(await one.takeAll([[POINTS, 'a', 1001]])).toMatchObject({ rule: POINTS });
    await one.giveBack([[HUNDRED_A_MINUTE, 'a', 1]]);
    expect(await one.take(HUNDRED_A_MINUTE, 'a', 1)).toMatchObject({ allowed: true });
    await server.start();
    await until(() => !one.isInMemory && !other.isInMemory);
    await one.take(HUNDRED_A_MINUTE, 'a', 60);
    expect(await other.take(HUNDRED_A_MINUTE, 'a', 60)).toMatchObject({ allowed: false, remaining: 40 });
  });

  test('a flush of Redis loses the counts, and nothing else', async () => {
    const [store] = storesOf();
    await store.take(HUNDRED_A_MINUTE, 'a', 100);
    await operator.flushall();
    await operator.script('FLUSH');
    expect(await store.take(HUNDRED_A_MINUTE, 'a', 100)).toEqual({ allowed: true, remaining: 0, retryAfterMs: 0 });
    expect(store.isInMemory).toBe(false);
  });
});
