import { BoundedCache } from '@souk/engine/operation';
import { giveBackToBucket, takeFromBucket, type BucketLevel } from './bucket.ts';
import { mergedCounters } from './merged-counters.ts';
import type {
  BucketRule,
  Counter,
  Exhausted,
  RateLimitStore,
  RateRule,
  RateState,
  WindowRule,
} from './rate-limit-store.ts';
import { giveBackToWindow, takeFromWindow, type WindowCount } from './sliding-window.ts';

/** The maximum number of keys of one rule. Attackers who invent keys fill about 10 MB. The least recently used keys are evicted. */
const KEYS_PER_RULE = 50_000;

/** Counts in the memory of this process. */
export class MemoryRateLimitStore implements RateLimitStore {
  /**
   * Counters by rule. Each rule has its own cache, so requests from many client addresses cannot evict the counters of
   * logins.
   */
  readonly #windows = new Map<string, BoundedCache<string, WindowCount>>();
  readonly #buckets = new Map<string, BoundedCache<string, BucketLevel>>();
  readonly #now: () => number;
  readonly #keysPerRule: number;

  /** @param now returns the time in milliseconds */
  constructor({
    now = () => performance.now(),
    keysPerRule = KEYS_PER_RULE,
  }: { readonly now?: () => number; readonly keysPerRule?: number } = {}) {
    this.#now = now;
    this.#keysPerRule = keysPerRule;
  }

  take(rule: RateRule, key: string, points: number): RateState {
    return rule.kind === 'WINDOW' ? this.#takeWindow(rule, key, points) : this.#takeBucket(rule, key, points);
  }

  takeAll<Rule extends RateRule>(counters: readonly Counter<Rule>[]): Exhausted<Rule> | null {
    const taken: Counter[] = [];
    for (const counter of mergedCounters(counters)) {
      const [rule, key, points] = counter;
      const state = this.take(rule, key, points);
      if (!state.allowed) {
        this.giveBack(taken);
        return { rule, state };
      }
      taken.push(counter);
    }
    return null;
  }

  giveBack(counters: readonly Counter[]): void {
    for (const [rule, key, points] of counters) this.#giveBack(rule, key, points);
  }

  #giveBack(rule: RateRule, key: string, points: number): void {
    if (rule.kind === 'WINDOW') {
      const counts = this.#countersOf(this.#windows, rule);
      const known = counts.get(key);
      if (known) counts.set(key, giveBackToWindow(known, points));
      return;
    }
    const buckets = this.#countersOf(this.#buckets, rule);
    const known = buckets.get(key);
    if (known) buckets.set(key, giveBackToBucket(known, rule, points));
  }

  #takeWindow(rule: WindowRule, key: string, points: number): RateState {
    const counts = this.#countersOf(this.#windows, rule);
    const { count, state } = takeFromWindow(counts.get(key), rule, points, this.#now());
    counts.set(key, count);
    return state;
  }

  #takeBucket(rule: BucketRule, key: string, points: number): RateState {
    const buckets = this.#countersOf(this.#buckets, rule);
    const { bucket, state } = takeFromBucket(buckets.get(key), rule, points, this.#now());
    buckets.set(key, bucket);
    return state;
  }

  #countersOf<Counter>(all: Map<string, BoundedCache<string, Counter>>, { name }: RateRule) {
    const counters = all.get(name) ?? new BoundedCache<string, Counter>(this.#keysPerRule);
    all.set(name, counters);
    return counters;
  }
}
