import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import type { Period } from './transaction-source.ts';

export const RECONCILIATION_STATUSES = ['QUEUED', 'COMPLETED', 'FAILED'] as const;
export type ReconciliationStatus = (typeof RECONCILIATION_STATUSES)[number];

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** The maximum number of days that one comparison covers. */
const MOST_DAYS = 31;
/** How old a step must be before it is compared, in milliseconds, because a younger step may still be running. */
const SETTLED_MS = 15 * 60_000;
/** The maximum number of attempts of a comparison whose provider does not respond. */
const MOST_ATTEMPTS = 5;

/** How long a comparison may take before another process takes it over, in milliseconds. */
export const LEASE_MS = 30 * 60_000;

/**
 * The overlap of two consecutive periods, in milliseconds. An authorization is valid for at most seven days, so a
 * charge may be captured a week after it began.
 */
const OVERLAP_MS = 7 * DAY_MS;

/**
 * The period of the next comparison, and the time of the comparison after that. Each period overlaps the previous
 * period by a week.
 * @param until the end of the previous period. Null for the first comparison
 */
export function nextPeriod(until: Date | null, now: Date): { readonly period: Period; readonly next: Date } {
  const to = new Date(now.getTime() - SETTLED_MS);
  const earliest = to.getTime() - MOST_DAYS * DAY_MS;
  const from = Math.max(earliest, (until?.getTime() ?? to.getTime()) - OVERLAP_MS);
  return { period: { from: new Date(from), to }, next: new Date(now.getTime() + DAY_MS) };
}

/**
 * Checks a period that staff entered. The end is moved to at least 15 minutes before now, because younger steps may
 * still be running.
 */
export function periodOf({ from, to }: Period, now: Date): Result<Period, Failure<'INVALID_INPUT'>> {
  // A whole minute, so that requests of the same minute have the same period.
  const settledUntil = Math.floor((now.getTime() - SETTLED_MS) / MINUTE_MS) * MINUTE_MS;
  const settled = new Date(Math.min(to.getTime(), settledUntil));
  if (from >= settled)
    return err(failure('INVALID_INPUT', 'The period must begin before its end, and 15 minutes before now', ['from']));
  if (settled.getTime() - from.getTime() > MOST_DAYS * DAY_MS)
    return err(failure('INVALID_INPUT', `A reconciliation covers at most ${MOST_DAYS} days`, ['from']));
  return ok({ from, to: settled });
}

/**
 * The period that is queried at the provider. It is an hour longer at both ends, because the provider's clock may
 * differ, and the provider may record a payment later than the ledger.
 */
export function widened({ from, to }: Period): Period {
  return { from: new Date(from.getTime() - HOUR_MS), to: new Date(to.getTime() + HOUR_MS) };
}

/** The time of the next attempt after the provider did not respond. Null after the last attempt. */
export function retryAt(attempts: number, now: Date): Date | null {
  return attempts < MOST_ATTEMPTS ? new Date(now.getTime() + attempts * SETTLED_MS) : null;
}
