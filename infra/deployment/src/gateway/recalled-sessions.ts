import { REMEMBERED_MS, type EndedSessions } from '@souk/gateway';
import type { Clock } from '@souk/kit/domain';

/** A session that has ended. */
export interface EndedSession {
  readonly sessionId: string;
  readonly endedAt: Date;
}

/** Where it can be read which sessions have ended. */
export interface EndedSessionSource {
  /** Those that ended after the position (time, then id), oldest first; an empty page is the last. */
  sessionsEndedAfter(position: EndedSession): Promise<readonly EndedSession[]>;
}

/** The smallest UUID: a position before every session of the same time. */
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Fills a gateway that starts with the sessions that ended lately: their access tokens have not expired yet, and must not count again.
 * Subscribe to the ends of sessions first: an event reports each session that ends meanwhile.
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

/** Ends the sessions that ended lately once more, with all that is open of them: some of their events may be lost. */
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
