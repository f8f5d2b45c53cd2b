const MINUTE_MS = 60_000;

/** The times after the void at which the provider is asked whether the buyer paid. Together they cover three days. */
const CHECKS_MS = [1, 5, 20, 60, 3 * 60, 12 * 60, 24 * 60, 48 * 60, 72 * 60].map((minutes) => minutes * MINUTE_MS);

/** The time of the next check. Null: no more. @param checks the number of checks that were made */
export function nextCheck(voidedAt: Date, checks: number): Date | null {
  const after = CHECKS_MS[checks];
  return after === undefined ? null : new Date(voidedAt.getTime() + after);
}
