/** A maximum number of points in any period of `windowMs`. */
export interface WindowRule {
  readonly kind: 'WINDOW';
  /** The name of the rule, which is part of its counters' keys. */
  readonly name: string;
  readonly limit: number;
  readonly windowMs: number;
}

/** A token bucket, which refills steadily. A full bucket may be emptied in one request. */
export interface BucketRule {
  readonly kind: 'BUCKET';
  /** The name of the rule, which is part of its buckets' keys. */
  readonly name: string;
  readonly capacity: number;
  readonly restoredPerSecond: number;
}

export type RateRule = WindowRule | BucketRule;

/** The state of a counter after an attempt to take points. */
export interface RateState {
  readonly allowed: boolean;
  readonly remaining: number;
  /** Milliseconds until the attempt can succeed: 0 for a success, `Infinity` when it can never succeed. */
  readonly retryAfterMs: number;
}

/** An attempt to take a number of points from one counter. */
export type Counter<Rule extends RateRule = RateRule> = readonly [rule: Rule, key: string, points: number];

/** The first counter that did not have enough points. */
export interface Exhausted<Rule extends RateRule = RateRule> {
  readonly rule: Rule;
  readonly state: RateState;
}

/**
 * Counts points by key. The port has two adapters: memory, and Redis for gateways that share a limit. A refused attempt takes no points, so
 * a client that waits for `retryAfterMs` is admitted.
 */
export interface RateLimitStore {
  /**
   * Takes `points` from one counter. Takes nothing when the counter has fewer points. The rule's name and the key
   * identify the counter.
   */
  take(rule: RateRule, key: string, points: number): RateState | Promise<RateState>;
  /**
   * Takes points from all counters or from none.
   * @returns null when all counters had enough points, otherwise the first counter that did not
   */
  takeAll<Rule extends RateRule>(
    counters: readonly Counter<Rule>[],
  ): Exhausted<Rule> | null | Promise<Exhausted<Rule> | null>;
  /** Gives points back, for instance of a login that succeeded. */
  giveBack(counters: readonly Counter[]): void | Promise<void>;
}
