/**
 * How long to wait before an attempt, 0 being the first: doubling up to the longest, each between half and all of that, so that
 * those who lost a subgraph together do not come back together. `random` is 0 to 1.
 */
export function pauseMs(
  attempt: number,
  { initialDelayMs, maxDelayMs }: { readonly initialDelayMs: number; readonly maxDelayMs: number },
  random: number,
): number {
  const longest = Math.min(maxDelayMs, initialDelayMs * 2 ** attempt);
  return Math.round(longest * (0.5 + random / 2));
}
