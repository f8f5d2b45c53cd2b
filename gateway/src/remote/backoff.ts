/**
 * The backoff before a reconnect attempt. It doubles from `initialDelayMs` to `maxDelayMs`. Jitter subtracts up to half
 * of the backoff, so gateways that lost a subgraph together do not reconnect together.
 * @param attempt number of the attempt, 0 for the first
 * @param random from 0 to 1
 * @returns milliseconds
 */
export function pauseMs(
  attempt: number,
  { initialDelayMs, maxDelayMs }: { readonly initialDelayMs: number; readonly maxDelayMs: number },
  random: number,
): number {
  const longest = Math.min(maxDelayMs, initialDelayMs * 2 ** attempt);
  return Math.round(longest * (0.5 + random / 2));
}
