const LOOK_FOR_MS = 5;

/**
 * Creates a clock in milliseconds since 1970 with fractions, equal to the clock that Postgres reads on the same machine.
 * `Date.now()` returns whole milliseconds. `performance.timeOrigin` does not follow when the machine's clock is set, so create a
 * new clock for each measurement.
 */
export function wallClock(): () => number {
  let offset = -Infinity;
  const end = performance.now() + LOOK_FOR_MS;
  // `Date.now()` cuts off the fraction. The largest offset belongs to a moment just after a tick, when the cut fraction was nearly 0.
  while (performance.now() < end) offset = Math.max(offset, Date.now() - performance.now());
  return () => performance.now() + offset;
}
