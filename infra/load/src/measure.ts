/** How one scenario went. Durations in milliseconds. */
export interface Measurement {
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** Runs `work` on so many connections at once for so long, each starting over as soon as it is done. */
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

function summarize(durations: readonly number[], elapsedMs: number): Measurement {
  const sorted = durations.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { perSecond: (sorted.length / elapsedMs) * 1000, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** The median of each number, over the rounds. */
export function medianOf(rounds: readonly Measurement[]): Measurement {
  const median = (pick: (round: Measurement) => number) => {
    const sorted = rounds.map(pick).toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? NaN;
  };
  return {
    perSecond: median((m) => m.perSecond),
    p50: median((m) => m.p50),
    p95: median((m) => m.p95),
    p99: median((m) => m.p99),
  };
}
