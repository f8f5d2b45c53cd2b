const LOOK_FOR_MS = 5;

/**
 * Creates a clock in fractional milliseconds since 1970, equal to Postgres' clock on the same machine. `Date.now()` has
 * only whole milliseconds, and `performance.timeOrigin` ignores later adjustments of the system clock. Create a new
 * clock for each measurement.
 */
export function wallClock(): () => number {
  let offset = -Infinity;
  const end = performance.now() + LOOK_FOR_MS;
  // `Date.now()` is rounded down. The largest offset comes from a moment just after a tick, when almost nothing was
  // rounded off.
  while (performance.now() < end) offset = Math.max(offset, Date.now() - performance.now());
  return () => performance.now() + offset;
}
