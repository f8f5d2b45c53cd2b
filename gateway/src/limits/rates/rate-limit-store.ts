/** So many in any period of this length. What was asked for a period ago counts no longer. */
export interface WindowRule {
  readonly kind: 'WINDOW';
  /** Of the counters: each name has its own. */
  readonly name: string;
  readonly limit: number;
  readonly windowMs: number;
}

/** A bucket that fills at a steady pace: a full one may be emptied at once, then it takes what has flowed in since. */
export interface BucketRule {
  readonly kind: 'BUCKET';
  /** Of the buckets: each name has its own. */
  readonly name: string;
  readonly capacity: number;
  readonly restoredPerSecond: number;
}

export type RateRule = WindowRule | BucketRule;

/** What a counter answers. */
export interface RateState {
  readonly allowed: boolean;
  /** What may still be taken now. */
  readonly remaining: number;
  /** Until what was asked for will be allowed; 0 when it was. `Infinity` when it never will be. */
  readonly retryAfterMs: number;
}

/** So many points of one counter. */
export type Counter<Rule extends RateRule = RateRule> = readonly [rule: Rule, key: string, points: number];

/** The counter that had not enough left. */
export interface Exhausted<Rule extends RateRule = RateRule> {
  readonly rule: Rule;
  readonly state: RateState;
}

/**
 * Counts for many keys at once what they take. A port: in memory, or in Redis for gateways that share a limit. What is refused is
 * not counted: who waits as long as told is let through.
 */
export interface RateLimitStore {
  /** Takes `points` from the counter of the rule's name and the key: all of them or none. */
  take(rule: RateRule, key: string, points: number): RateState | Promise<RateState>;
  /** Takes from all counters or from none. Null when all allowed it, else the first that did not, by the rule that was given. */
  takeAll<Rule extends RateRule>(
    counters: readonly Counter<Rule>[],
  ): Exhausted<Rule> | null | Promise<Exhausted<Rule> | null>;
  /** Gives back what turned out not to count. */
  giveBack(counters: readonly Counter[]): void | Promise<void>;
}
