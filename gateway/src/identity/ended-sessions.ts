import type { Revocations } from './revocations.ts';

/** Longer than an access token lives (15 minutes), by what clocks may differ: after it, the token has expired anyway. */
export const REMEMBERED_MS = 20 * 60_000;

/**
 * The sessions that ended lately: their access tokens count no more. A port: in the memory of one gateway, or in Redis for several,
 * also for those that start later.
 */
export interface EndedSessions extends Revocations {
  /** From now on no access token of these counts, for as long as one may live. Never fails. */
  end(sessionIds: readonly string[]): Promise<void>;
  /** Sessions that ended before this gateway started, each with when. */
  recall(sessions: Iterable<readonly [id: string, endedAt: Date]>): void;
}
