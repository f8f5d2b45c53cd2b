const MINUTE_MS = 60_000;

/**
 * The delays after a void, in milliseconds, at which Souk checks with the provider whether the buyer paid nevertheless. They cover three
 * days.
 */
const CHECKS_MS = [1, 5, 20, 60, 3 * 60, 12 * 60, 24 * 60, 48 * 60, 72 * 60].map((minutes) => minutes * MINUTE_MS);

/** The time of the next check. Null after the last check. @param checks the number of checks so far */
export function nextCheck(voidedAt: Date, checks: number): Date | null {
  const after = CHECKS_MS[checks];
  return after === undefined ? null : new Date(voidedAt.getTime() + after);
}
