import type { BucketRule, RateState } from './rate-limit-store.ts';

/** The number of points in a bucket at one time. */
export interface BucketLevel {
  readonly level: number;
  readonly atMs: number;
}

/** Takes points from a token bucket, which refills steadily. A new bucket is full. */
export function takeFromBucket(
  known: BucketLevel | undefined,
  rule: BucketRule,
  points: number,
  nowMs: number,
): { readonly bucket: BucketLevel; readonly state: RateState } {
  const level = known ? levelAt(known, rule, nowMs) : rule.capacity;
  if (points > level) {
    const retryAfterMs = points > rule.capacity ? Infinity : ((points - level) / rule.restoredPerSecond) * 1000;
    return {
      bucket: { level, atMs: nowMs },
      state: { allowed: false, remaining: Math.floor(level), retryAfterMs },
    };
  }
  const left = level - points;
  return {
    bucket: { level: left, atMs: nowMs },
    state: { allowed: true, remaining: Math.floor(left), retryAfterMs: 0 },
  };
}

/** Gives points back, up to the bucket's capacity. */
export function giveBackToBucket(known: BucketLevel, { capacity }: BucketRule, points: number): BucketLevel {
  return { ...known, level: Math.min(capacity, known.level + points) };
}

function levelAt({ level, atMs }: BucketLevel, { capacity, restoredPerSecond }: BucketRule, nowMs: number): number {
  return Math.min(capacity, level + (Math.max(0, nowMs - atMs) / 1000) * restoredPerSecond);
}
