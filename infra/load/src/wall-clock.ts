const LOOK_FOR_MS = 5;

/**
 * Milliseconds since 1970 with their fractions: the clock that Postgres reads on the same machine. `Date.now()` counts whole
 * milliseconds, and `performance.timeOrigin` does not follow when the machine's clock is set; so make a new one for each measurement.
 */
export function wallClock(): () => number {
  let offset = -Infinity;
  const end = performance.now() + LOOK_FOR_MS;
  // What Date.now() cuts off is next to nothing just after it ticked.
  while (performance.now() < end) offset = Math.max(offset, Date.now() - performance.now());
  return () => performance.now() + offset;
}
