/** The result of one scenario. Durations are in milliseconds. */
export interface Measurement {
  readonly runs: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/**
 * Repeats `work` on `connections` concurrent connections for `durationMs`. Each connection starts the next run as soon
 * as its last run has finished.
 */
export async function measure(
  connections: number,
  durationMs: number,
  work: (worker: number) => Promise<unknown>,
): Promise<Measurement> {
  const durations: number[] = [];
  const started = performance.now();
  const end = started + durationMs;
  await Promise.all(
    Array.from({ length: connections }, async (_, worker) => {
      while (performance.now() < end) {
        const begun = performance.now();
        await work(worker);
        durations.push(performance.now() - begun);
      }
    }),
  );
  return summarize(durations, performance.now() - started);
}

/** Summarizes durations. @param elapsedMs the time of all runs together */
export function summarize(durations: readonly number[], elapsedMs: number): Measurement {
  return {
    runs: durations.length,
    perSecond: (durations.length / elapsedMs) * 1000,
    p50: percentile(durations, 0.5),
    p95: percentile(durations, 0.95),
    p99: percentile(durations, 0.99),
  };
}

/**
 * Returns a percentile.
 * @param share from 0 (the smallest number) to 1 (the largest).
 * @returns NaN when the list is empty.
 */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** Returns the median of the numbers. */
export const medianOfNumbers = (numbers: readonly number[]): number => percentile(numbers, 0.5);

/** Returns the median of each field over the rounds. */
export function medianOf(rounds: readonly Measurement[]): Measurement {
  const median = (pick: (round: Measurement) => number) => medianOfNumbers(rounds.map(pick));
  return {
    runs: median((m) => m.runs),
    perSecond: median((m) => m.perSecond),
    p50: median((m) => m.p50),
    p95: median((m) => m.p95),
    p99: median((m) => m.p99),
  };
}
