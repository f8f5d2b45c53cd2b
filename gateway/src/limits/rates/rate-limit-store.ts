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

/**
 * Counts for many keys at once what they take. A port: in memory here; servers that share a limit share a store. What is
 * refused is not counted: who waits as long as told is let through.
 */
export interface RateLimitStore {
  /** Takes `points` from the counter of the rule's name and the key: all of them or none. */
  take(rule: RateRule, key: string, points: number): RateState | Promise<RateState>;
  /** Gives back what turned out not to count. */
  giveBack(rule: RateRule, key: string, points: number): void | Promise<void>;
}
