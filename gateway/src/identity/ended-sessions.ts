import type { Revocations } from './revocations.ts';

/** How long an ended session is kept: the lifetime of an access token (15 minutes) plus the maximum difference between clocks. */
export const REMEMBERED_MS = 20 * 60_000;

/**
 * The recently ended sessions, whose access tokens are revoked. The port has two adapters. The memory adapter serves one gateway. The Redis
 * adapter serves several gateways, including gateways that start later.
 */
export interface EndedSessions extends Revocations {
  /** Revokes the access tokens of these sessions for the lifetime of a token. Never fails. */
  end(sessionIds: readonly string[]): Promise<void>;
  /** Adds sessions that ended before this gateway started, with the time of their end. */
  recall(sessions: Iterable<readonly [id: string, endedAt: Date]>): void;
}
