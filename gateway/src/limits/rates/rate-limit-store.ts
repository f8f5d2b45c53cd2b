/** A maximum number of points in any period of this length. Points no longer count when a period has passed since they were taken. */
export interface WindowRule {
  readonly kind: 'WINDOW';
  /** The name of the rule's counters. Each name has its own counters. */
  readonly name: string;
  readonly limit: number;
  readonly windowMs: number;
}

/**
 * A bucket that fills at a steady pace. A caller may empty a full bucket at once, and afterwards take the points that have flowed in since.
 */
export interface BucketRule {
  readonly kind: 'BUCKET';
  /** The name of the rule's buckets. Each name has its own buckets. */
  readonly name: string;
  readonly capacity: number;
  readonly restoredPerSecond: number;
}

export type RateRule = WindowRule | BucketRule;

/** The state of a counter after a request for points. */
export interface RateState {
  readonly allowed: boolean;
  /** The points that may still be taken now. */
  readonly remaining: number;
  /** Milliseconds until the request will be allowed: 0 for an allowed request, `Infinity` when it will never be allowed. */
  readonly retryAfterMs: number;
}

/** A request for a number of points from one counter. */
export type Counter<Rule extends RateRule = RateRule> = readonly [rule: Rule, key: string, points: number];

/** A counter without enough points. */
export interface Exhausted<Rule extends RateRule = RateRule> {
  readonly rule: Rule;
  readonly state: RateState;
}

/**
 * Counts points for many keys. The port has two adapters: memory, and Redis for gateways that share a limit. A refused request is not
 * counted, so a client that waits for `retryAfterMs` is admitted.
 */
export interface RateLimitStore {
  /** Takes `points` from a counter, either all of them or none. The rule's name and the key identify the counter. */
  take(rule: RateRule, key: string, points: number): RateState | Promise<RateState>;
  /**
   * Takes points from all counters or from none.
   * @returns null when all counters had enough points, otherwise the first counter without enough
   */
  takeAll<Rule extends RateRule>(
    counters: readonly Counter<Rule>[],
  ): Exhausted<Rule> | null | Promise<Exhausted<Rule> | null>;
  /** Gives back points that turned out not to count. */
  giveBack(counters: readonly Counter[]): void | Promise<void>;
}
