import { expect, test } from '@jest/globals';
import type { BucketRule, RateLimitStore, WindowRule } from '../rates/rate-limit-store.ts';

/** A store under test, and the time by which it counts. */
export interface StoreUnderTest {
  readonly store: RateLimitStore;
  /** Lets time pass. */
  advance(ms: number): void;
}

const HUNDRED_A_MINUTE: WindowRule = { kind: 'WINDOW', name: 'requests', limit: 100, windowMs: 60_000 };
const POINTS: BucketRule = { kind: 'BUCKET', name: 'cost', capacity: 1000, restoredPerSecond: 50 };

/** What every store of counters promises. @param start gives one whose minute has just begun. */
export function describeRateLimitStore(start: () => StoreUnderTest): void {
  const repeated = async (times: number, take: () => unknown) => {
    for (let n = 0; n < times; n += 1) await take();
  };

  test('a hundred a minute are a hundred: the next one is refused, and told when to come back', async () => {
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

  test('the turn of the minute gives nobody a second hundred', async () => {
    const { store, advance } = start();
    advance(50_000);
    await repeated(100, () => store.take(HUNDRED_A_MINUTE, 'a', 1));
    advance(10_000 + 15_000); // a quarter of the next minute
    expect(await store.take(HUNDRED_A_MINUTE, 'a', 25)).toMatchObject({ allowed: true, remaining: 0 });
    expect(await store.take(HUNDRED_A_MINUTE, 'a', 1)).toMatchObject({ allowed: false });
  });

  test('what was taken two minutes ago is forgotten', async () => {
    const { store, advance } = start();
    await store.take(HUNDRED_A_MINUTE, 'a', 100);
    advance(120_000);
    expect(await store.take(HUNDRED_A_MINUTE, 'a', 100)).toMatchObject({ allowed: true });
  });

  test('points are taken together or not at all, and what was refused is not counted', async () => {
    const { store } = start();
    await store.take(HUNDRED_A_MINUTE, 'a', 90);
    expect(await store.take(HUNDRED_A_MINUTE, 'a', 20)).toMatchObject({ allowed: false, remaining: 10 });
    expect(await store.take(HUNDRED_A_MINUTE, 'a', 10)).toMatchObject({ allowed: true, remaining: 0 });
  });

  test('more than there ever is will never be allowed', async () => {
    const { store } = start();
    expect(await store.take(HUNDRED_A_MINUTE, 'a', 101)).toMatchObject({ allowed: false, retryAfterMs: Infinity });
    expect(await store.take(POINTS, 'a', 1001)).toMatchObject({ allowed: false, retryAfterMs: Infinity });
  });

  test('keys and rules count each for itself', async () => {
    const { store } = start();
    await store.take(HUNDRED_A_MINUTE, 'a', 100);
    expect(await store.take(HUNDRED_A_MINUTE, 'b', 100)).toMatchObject({ allowed: true });
    expect(await store.take({ ...HUNDRED_A_MINUTE, name: 'logins' }, 'a', 100)).toMatchObject({ allowed: true });
  });

  test('a bucket can be emptied at once and fills steadily, to the brim', async () => {
    const { store, advance } = start();
    expect(await store.take(POINTS, 'a', 1000)).toEqual({ allowed: true, remaining: 0, retryAfterMs: 0 });
    expect(await store.take(POINTS, 'a', 100)).toEqual({ allowed: false, remaining: 0, retryAfterMs: 2000 });
    advance(2000);
    expect(await store.take(POINTS, 'a', 40)).toMatchObject({ allowed: true, remaining: 60 });
    advance(3_600_000);
    expect(await store.take(POINTS, 'a', 0)).toMatchObject({ allowed: true, remaining: 1000 });
  });

  test('what is given back can be taken again, and is never more than was there', async () => {
    const { store } = start();
    for (const rule of [HUNDRED_A_MINUTE, POINTS]) {
      const most = rule.kind === 'WINDOW' ? rule.limit : rule.capacity;
      await store.take(rule, 'a', most);
      await store.giveBack([[rule, 'a', 10]]);
      expect(await store.take(rule, 'a', 0)).toMatchObject({ remaining: 10 });
      await store.giveBack([[rule, 'a', 5000]]);
      expect(await store.take(rule, 'a', 0)).toMatchObject({ remaining: most });
      await store.giveBack([[rule, 'nobody', 10]]);
      expect(await store.take(rule, 'nobody', most)).toMatchObject({ allowed: true, remaining: 0 });
    }
  });

  test('of several counters all are taken from, or none: then the first that had not enough is named', async () => {
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

  test('one counter that is named several times has to have enough for all of them', async () => {
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
