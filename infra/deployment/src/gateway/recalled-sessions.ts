import { REMEMBERED_MS, type EndedSessions } from '@souk/gateway';
import type { Clock } from '@souk/kit/domain';

/** An ended session. The pair of time and id orders ended sessions, so it also serves as a cursor. */
export interface EndedSession {
  readonly sessionId: string;
  readonly endedAt: Date;
}

/** Reads ended sessions in pages. */
export interface EndedSessionSource {
  /** Sessions that ended after the position (time, then id), the oldest first. Empty when no session ended later. */
  sessionsEndedAfter(position: EndedSession): Promise<readonly EndedSession[]>;
}

/** The smallest UUID. A position with this id precedes every session that ended at the same time. */
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Loads recently ended sessions into a starting gateway, because their access tokens have not expired and must stay invalid.
 * Subscribe to ended sessions before this call. Otherwise a session that ends during the call stays valid at this gateway.
 */
export async function recallEndedSessions(
  sessions: Pick<EndedSessions, 'recall'>,
  source: EndedSessionSource,
  clock: Clock,
): Promise<void> {
  await eachPage(source, clock, async (page) =>
    sessions.recall(page.map(({ sessionId, endedAt }) => [sessionId, endedAt])),
  );
}

/** Reports recently ended sessions to the gateway again, which closes their open sockets. Call this function when events may be lost. */
export function endLostSessions(
  sessions: Pick<EndedSessions, 'end'>,
  source: EndedSessionSource,
  clock: Clock,
): Promise<void> {
  return eachPage(source, clock, (page) => sessions.end(page.map(({ sessionId }) => sessionId)));
}

async function eachPage(
  source: EndedSessionSource,
  clock: Clock,
  use: (page: readonly EndedSession[]) => Promise<void>,
): Promise<void> {
  let position: EndedSession = { endedAt: new Date(clock.now().getTime() - REMEMBERED_MS), sessionId: FIRST_ID };
  for (;;) {
    const page = await source.sessionsEndedAfter(position);
    const last = page.at(-1);
    if (!last) return;
    await use(page);
    position = last;
  }
}
