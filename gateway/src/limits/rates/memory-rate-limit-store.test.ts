import { describe, expect, test } from '@jest/globals';
import { describeRateLimitStore } from '../testing/rate-limit-store.contract.ts';
import { MemoryRateLimitStore } from './memory-rate-limit-store.ts';
import type { WindowRule } from './rate-limit-store.ts';

const LOGINS: WindowRule = { kind: 'WINDOW', name: 'logins', limit: 1, windowMs: 60_000 };
const ADDRESSES: WindowRule = { kind: 'WINDOW', name: 'addresses', limit: 1, windowMs: 60_000 };

describe('counters in memory', () => {
  describeRateLimitStore(() => {
    let nowMs = 600_000;
    return { store: new MemoryRateLimitStore({ now: () => nowMs }), advance: (ms) => void (nowMs += ms) };
  });

  test('many keys of one rule evict its oldest key, and no key of another rule', () => {
    const store = new MemoryRateLimitStore({ now: () => 0, keysPerRule: 10 });
    store.take(LOGINS, 'owner', 1);
    for (let n = 0; n < 11; n += 1) store.take(ADDRESSES, String(n), 1);
    expect(store.take(LOGINS, 'owner', 1).allowed).toBe(false);
    expect(store.take(ADDRESSES, '10', 1).allowed).toBe(false);
    expect(store.take(ADDRESSES, '0', 1).allowed).toBe(true);
  });
});
