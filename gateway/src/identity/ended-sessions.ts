import type { Revocations } from './revocations.ts';

/**
 * The sessions that ended lately: their access tokens count no more. A port: in the memory of one gateway, or in Redis for several,
 * also for those that start later.
 */
export interface EndedSessions extends Revocations {
  /** From now on no access token of these counts, for as long as one may live. Never fails. */
  end(sessionIds: readonly string[]): Promise<void>;
}
