import { REMEMBERED_MS, type EndedSessions } from '@souk/gateway';
import type { Clock } from '@souk/kit/domain';

/** A session that has ended. */
export interface EndedSession {
  readonly sessionId: string;
  readonly endedAt: Date;
}

/** The source of ended sessions. */
export interface EndedSessionSource {
  /** Sessions that ended after the position (time, then id), the oldest first. An empty page shows the end. */
  sessionsEndedAfter(position: EndedSession): Promise<readonly EndedSession[]>;
}

/** The smallest UUID. With this id a position is before every session of the same time. */
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Loads recently ended sessions into a starting gateway, because their access tokens have not expired and must stay invalid. Subscribe to
 * ended sessions before this call, so that no session that ends meanwhile is missed.
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

/**
 * Ends recently ended sessions again and closes their open sockets, because some of the events that announced the end of a session may
 * be lost.
 */
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
