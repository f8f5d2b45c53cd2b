import type { LoadLog } from './load/load-log.ts';

/** The times of a drill, from `performance.now()`, in ms. */
export interface DrillTimes {
  readonly struckAt: number;
  readonly overAt: number;
  /** The time at which the last purchase ended. */
  readonly stoppedAt: number;
  readonly settledAt: number;
}

/** The effect of a fault on clients. All values are in ms. Points in time are relative to the start of the fault. */
export interface Recovery {
  readonly faultMs: number;
  /** The time of the first successful purchase that began after the start of the fault. */
  readonly firstOrderMs: number;
  /** The end of the last failed request. Null when no request failed. */
  readonly lastFailureMs: number | null;
  /** The longest time between two placed orders. */
  readonly longestGapMs: number;
  /** The time from the last purchase until all running work had ended. */
  readonly settledMs: number;
  readonly requests: number;
  readonly failures: number;
  /** The reasons of failed requests with their counts, the most frequent reason first. */
  readonly reasons: readonly (readonly [reason: string, count: number])[];
}

export function recoveryOf({ requests, failures, ordered }: LoadLog, times: DrillTimes): Recovery {
  const { struckAt, overAt, stoppedAt, settledAt } = times;
  const first = Math.min(...ordered.filter(({ begunAt }) => begunAt >= struckAt).map(({ endedAt }) => endedAt));
  const lastFailure = Math.max(...failures.map(({ at, tookMs }) => at + tookMs));
  const ends = ordered.map(({ endedAt }) => endedAt).toSorted((one, other) => one - other);
  const gaps = ends.slice(1).map((end, place) => end - (ends[place] ?? end));
  const counts = new Map<string, number>();
  for (const { operation, reason } of failures) {
    const why = `${operation} ${reason}`;
    counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  return {
    faultMs: overAt - struckAt,
    firstOrderMs: first - struckAt,
    lastFailureMs: Number.isFinite(lastFailure) ? lastFailure - struckAt : null,
    longestGapMs: Math.max(0, ...gaps),
    settledMs: settledAt - stoppedAt,
    requests,
    failures: failures.length,
    reasons: [...counts].toSorted(([, one], [, other]) => other - one),
  };
}
