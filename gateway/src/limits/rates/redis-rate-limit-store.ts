import { hash } from 'node:crypto';
import type { SharedRedis } from '../../redis/shared-redis.ts';
import { MemoryRateLimitStore } from './memory-rate-limit-store.ts';
import { mergedCounters } from './merged-counters.ts';
import { GIVE_BACK, TAKE } from './rate-limit-scripts.ts';
import type { Counter, Exhausted, RateLimitStore, RateRule, RateState } from './rate-limit-store.ts';

export interface RedisRateLimitStoreOptions {
  /**
   * The store that counts while Redis does not answer.
   * @default a new memory store
   */
  readonly memory?: RateLimitStore;
  /**
   * The time in milliseconds.
   * @default the clock of Redis, which is the same for all gateways
   */
  readonly now?: () => number;
}

/** The reply of the script `TAKE`. */
interface Taken extends RateState {
  /** The index of the first counter without enough points. -1 for a success. */
  readonly exhausted: number;
}

/**
 * Counts in Redis for all gateways together. The counts are exact, because each attempt is one atomic script. While Redis does not answer,
 * each gateway counts in its own memory from zero. Together the gateways then admit up to the limit times the number of gateways.
 */
export class RedisRateLimitStore implements RateLimitStore {
  readonly #redis: SharedRedis;
  readonly #memory: RateLimitStore;
  readonly #now: (() => number) | null;

  constructor(redis: SharedRedis, { memory = new MemoryRateLimitStore(), now }: RedisRateLimitStoreOptions = {}) {
    this.#redis = redis;
    this.#memory = memory;
    this.#now = now ?? null;
  }

  /** Whether this gateway counts in its own memory at present, so limits are not shared. */
  get isInMemory(): boolean {
    return !this.#redis.isUp;
  }

  take(rule: RateRule, key: string, points: number): RateState | Promise<RateState> {
    return this.isInMemory ? this.#memory.take(rule, key, points) : this.#takeOne(rule, key, points);
  }

  takeAll<Rule extends RateRule>(
    counters: readonly Counter<Rule>[],
  ): Exhausted<Rule> | null | Promise<Exhausted<Rule> | null> {
    return this.isInMemory ? this.#memory.takeAll(counters) : this.#takeAll(counters);
  }

  async giveBack(counters: readonly Counter[]): Promise<void> {
    const given = await this.#redis.ask((redis) => GIVE_BACK.run(redis, counters.map(keyOf), this.#valuesOf(counters)));
    if (!given.ok) await this.#memory.giveBack(counters);
  }

  async #takeOne(rule: RateRule, key: string, points: number): Promise<RateState> {
    const taken = await this.#run([[rule, key, points]]);
    if (!taken) return this.#memory.take(rule, key, points);
    const { exhausted: _place, ...state } = taken;
    return state;
  }

  async #takeAll<Rule extends RateRule>(counters: readonly Counter<Rule>[]): Promise<Exhausted<Rule> | null> {
    const merged = mergedCounters(counters);
    if (merged.length === 0) return null;
    const taken = await this.#run(merged);
    if (!taken) return this.#memory.takeAll(counters);
    const { exhausted, ...state } = taken;
    const counter = merged[exhausted];
    return counter ? { rule: counter[0], state } : null;
  }

  /** Returns null when Redis does not answer. */
  async #run(counters: readonly Counter[]): Promise<Taken | null> {
    const answer = await this.#redis.ask((redis) => TAKE.run(redis, counters.map(keyOf), this.#valuesOf(counters)));
    return answer.ok ? takenOf(answer.value) : null;
  }

  #valuesOf(counters: readonly Counter[]): readonly (string | number)[] {
    const now = this.#now ? this.#now() : '';
    return [now, ...counters.flatMap(([rule, , points]) => [...valuesOf(rule), points])];
  }
}

function valuesOf(rule: RateRule): readonly (string | number)[] {
  return rule.kind === 'WINDOW'
    ? [rule.kind, rule.limit, rule.windowMs]
    : [rule.kind, rule.capacity, rule.restoredPerSecond];
}

/**
 * The key of a counter in Redis. The key is a hash, because the counter's own key may be long and contains personal
 * data (IP addresses, email addresses) that readers of Redis must not see.
 */
function keyOf([rule, key]: Counter): string {
  const kind = rule.kind === 'WINDOW' ? `window:${rule.windowMs}` : 'bucket';
  return `souk:limits:${kind}:${rule.name}:${hash('sha256', key, 'base64url')}`;
}

function takenOf(answer: unknown): Taken {
  const [place, remaining, wait] = answer as readonly [number, number, string?];
  const retryAfterMs = wait === undefined ? 0 : wait === 'never' ? Infinity : Number(wait);
  return { exhausted: place - 1, allowed: place === 0, remaining, retryAfterMs };
}
