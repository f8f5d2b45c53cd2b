import { expect, test } from '@jest/globals';
import type { BucketRule, RateLimitStore, WindowRule } from '../rates/rate-limit-store.ts';

/** A store under test with its clock. */
export interface StoreUnderTest {
  readonly store: RateLimitStore;
  advance(ms: number): void;
}

const HUNDRED_A_MINUTE: WindowRule = { kind: 'WINDOW', name: 'requests', limit: 100, windowMs: 60_000 };
const POINTS: BucketRule = { kind: 'BUCKET', name: 'cost', capacity: 1000, restoredPerSecond: 50 };

/**
 * Tests that every rate limit store must pass.
 * @param start creates a store whose minute has just begun
 */
export function describeRateLimitStore(start: () => StoreUnderTest): void {
  const repeated = async (times: number, take: () => unknown) => {
    for (let n = 0; n < times; n += 1) await take();
  };

  test('a limit of a hundred a minute admits a hundred: the next request is refused with the time to wait', async () => {
    const { store, advance } = start();
    await repeated(99, () => store.take(HUNDRED_A_MINUTE, 'a', 1));
    expect(await store.take(HUNDRED_A_MINUTE, 'a', 1)).toEqual({ allowed: true, remaining: 0, retryAfterMs: 0 });
    const refused = await store.take(HUNDRED_A_MINUTE, 'a', 1);
    expect(refused).toMatchObject({ allowed: false, remaining: 0 });
    advance(refused.retryAfterMs - 1);
    expect(await store.take(HUNDRED_A_MINUTE, 'a', 1)).toMatchObject({ allowed: false });
    advance(1);
    expect(await store.take(HUNDRED_A_MINUTE, 'a', 1)).toMatchObject({ allowed: true });
  });

  test('the turn of the minute does not admit a second hundred', async () => {
    const { store, advance } = start();
    advance(50_000);
    await repeated(100, () => store.take(HUNDRED_A_MINUTE, 'a', 1));
    advance(10_000 + 15_000); // a quarter of the next minute
    expect(await store.take(HUNDRED_A_MINUTE, 'a', 25)).toMatchObject({ allowed: true, remaining: 0 });
    expect(await store.take(HUNDRED_A_MINUTE, 'a', 1)).toMatchObject({ allowed: false });
  });

  test('points that were taken two minutes ago do not count', async () => {
    const { store, advance } = start();
    await store.take(HUNDRED_A_MINUTE, 'a', 100);
    advance(120_000);
    expect(await store.take(HUNDRED_A_MINUTE, 'a', 100)).toMatchObject({ allowed: true });
  });

  test('points are taken together or not at all, and a refused request is not counted', async () => {
    const { store } = start();
    await store.take(HUNDRED_A_MINUTE, 'a', 90);
    expect(await store.take(HUNDRED_A_MINUTE, 'a', 20)).toMatchObject({ allowed: false, remaining: 10 });
    expect(await store.take(HUNDRED_A_MINUTE, 'a', 10)).toMatchObject({ allowed: true, remaining: 0 });
  });

  test('a request for more points than the limit is never allowed', async () => {
    const { store } = start();
    expect(await store.take(HUNDRED_A_MINUTE, 'a', 101)).toMatchObject({ allowed: false, retryAfterMs: Infinity });
    expect(await store.take(POINTS, 'a', 1001)).toMatchObject({ allowed: false, retryAfterMs: Infinity });
  });

  test('each key and each rule counts separately', async () => {
    const { store } = start();
    await store.take(HUNDRED_A_MINUTE, 'a', 100);
    expect(await store.take(HUNDRED_A_MINUTE, 'b', 100)).toMatchObject({ allowed: true });
    expect(await store.take({ ...HUNDRED_A_MINUTE, name: 'logins' }, 'a', 100)).toMatchObject({ allowed: true });
  });

  test('a bucket can be emptied at once and fills steadily, up to its capacity', async () => {
    const { store, advance } = start();
    expect(await store.take(POINTS, 'a', 1000)).toEqual({ allowed: true, remaining: 0, retryAfterMs: 0 });
    expect(await store.take(POINTS, 'a', 100)).toEqual({ allowed: false, remaining: 0, retryAfterMs: 2000 });
    advance(2000);
    expect(await store.take(POINTS, 'a', 40)).toMatchObject({ allowed: true, remaining: 60 });
    advance(3_600_000);
    expect(await store.take(POINTS, 'a', 0)).toMatchObject({ allowed: true, remaining: 1000 });
  });

  test('points that are given back can be taken again, up to the limit', async () => {
    const { store } = start();
    for (const rule of [HUNDRED_A_MINUTE, POINTS]) {
      const most = rule.kind === 'WINDOW' ? rule.limit : rule.capacity;
      await store.take(rule, 'a', most);
      await store.giveBack([[rule, 'a', 10]]);
      expect(await store.take(rule, 'a', 0)).toMatchObject({ remaining: 10 });
      await store.giveBack([[rule, 'a', 5000]]);
      expect(await store.take(rule, 'a', 0)).toMatchObject({ remaining: most });
      await store.giveBack([[rule, 'new', 10]]);
      expect(await store.take(rule, 'new', most)).toMatchObject({ allowed: true, remaining: 0 });
    }
  });

  test('a request takes from all of several counters, or from none: then the first without enough points is named', async () => {
    const { store } = start();
    const logins: WindowRule = { ...HUNDRED_A_MINUTE, name: 'logins', limit: 3 };
    const attempt = (points: number) =>
      store.takeAll([
        [HUNDRED_A_MINUTE, 'a', 10],
        [logins, 'a', points],
        [logins, 'b', 1],
      ]);
    expect(await attempt(2)).toBeNull();
    const refused = await attempt(2);
    expect(refused?.rule).toBe(logins);
    expect(refused?.state).toMatchObject({ allowed: false, remaining: 1 });
    expect(await store.take(HUNDRED_A_MINUTE, 'a', 0)).toMatchObject({ remaining: 90 });
    expect(await store.take(logins, 'b', 0)).toMatchObject({ remaining: 2 });
    expect(await attempt(1)).toBeNull();
  });

  test('a counter that is named several times needs enough points for all of them', async () => {
    const { store } = start();
    const twice = (points: number) =>
      store.takeAll([
        [HUNDRED_A_MINUTE, 'a', points],
        [HUNDRED_A_MINUTE, 'a', points],
      ]);
    expect(await twice(51)).toMatchObject({ state: { allowed: false, remaining: 100 } });
    expect(await twice(50)).toBeNull();
    expect(await store.take(HUNDRED_A_MINUTE, 'a', 0)).toMatchObject({ remaining: 0 });
    expect(await store.takeAll([])).toBeNull();
  });
}
