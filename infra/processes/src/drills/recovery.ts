import type { LoadLog } from './load/load-log.ts';

/** When a drill came to what; of `performance.now()`, in ms. */
export interface DrillTimes {
  readonly struckAt: number;
  readonly overAt: number;
  /** The last purchase was answered. */
  readonly stoppedAt: number;
  readonly settledAt: number;
}

/** How clients got through a fault. In ms, from the moment it struck. */
export interface Recovery {
  readonly faultMs: number;
  /** To the first order of a buyer who began after the fault struck. */
  readonly firstOrderMs: number;
  /** To the end of the last request that failed; null when none did. */
  readonly lastFailureMs: number | null;
  /** The longest time without an order, of anybody. */
  readonly longestGapMs: number;
  /** From the last answer until everything that was begun had come to its end. */
  readonly settledMs: number;
  readonly requests: number;
  readonly failures: number;
  /** How often requests failed for which reason, the most frequent first. */
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
